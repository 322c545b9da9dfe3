import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, HOUR_MS, type SlotGrid } from '#libs/kernel';
import { followLatest } from './follow-latest.js';
import { seasonalNaive } from './seasonal-naive.js';

const HOURS = 8 * 24;
const hours = (count: number, from: number): SlotGrid => ({ start: epochMs(from), slotMs: HOUR_MS, count });
const tomorrow = hours(3, 8 * DAY_MS);

/** Eight days of 10 kW, but for what the last hours are said to have been. */
const forecastAfter = (...last: readonly (number | null)[]) => {
  const values = [...new Array<number>(HOURS - last.length).fill(10), ...last];
  const history = { grid: hours(HOURS, 0), values };
  const forecast = seasonalNaive({ history, grid: tomorrow, timeZone: 'UTC', least: 0 });
  return followLatest(forecast, history, 'UTC', 0);
};

describe('followLatest', () => {
  it('moves the forecast by what the last hour missed, by 1/e less each hour', () => {
    const { values, quantiles, method } = forecastAfter(15);
    const expected = [10 + 5 * Math.exp(-1), 10 + 5 * Math.exp(-2), 10 + 5 * Math.exp(-3)];
    expect(values).toEqual(expected);
    expect(quantiles.p50).toEqual(expected);
    expect(method).toBe('seasonal_naive_following');
  });

  it('changes nothing where nothing was missed or what was missed is old', () => {
    expect(forecastAfter(10).values).toEqual([10, 10, 10]);
    expect(forecastAfter(15, null)).toMatchObject({ method: 'seasonal_naive', values: [10, 10, 10] });
  });

  it('goes no lower than the least, and leaves the night dark', () => {
    expect(forecastAfter(-500).values[0]).toBe(0);
    const sun = Array.from({ length: HOURS }, (_, hour) => (hour % 24 < 2 ? 0 : 10));
    const history = { grid: hours(HOURS, 0), values: [...sun.slice(0, -1), 15] };
    const forecast = seasonalNaive({ history, grid: tomorrow, timeZone: 'UTC', least: 0 });
    expect(followLatest(forecast, history, 'UTC', 0).values).toEqual([0, 0, 10 + 5 * Math.exp(-3)]);
  });
});
