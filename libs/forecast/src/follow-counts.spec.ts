import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, MINUTE_MS, type SlotGrid } from '#libs/kernel';
import { followCounts } from './follow-counts.js';
import { seasonalNaive } from './seasonal-naive.js';

const SLOT_MS = 15 * MINUTE_MS;
const SLOTS = 8 * 96;
const quarters = (count: number, from: number): SlotGrid => ({ start: epochMs(from), slotMs: SLOT_MS, count });

/** Eight days on which ten people came in each quarter of an hour, but for what the last quarters are said to have been. */
const forecastAfter = (...last: readonly (number | null)[]) => {
  const values = [...new Array<number>(SLOTS - last.length).fill(10), ...last];
  const history = { grid: quarters(SLOTS, 0), values };
  const forecast = seasonalNaive({ history, grid: quarters(5, 8 * DAY_MS), timeZone: 'UTC', least: 0 });
  return followCounts(forecast, history, 'UTC', 0);
};

describe('followCounts', () => {
  it('moves the forecast by the mean miss of the last hour, by 1/e less an hour later', () => {
    const { values, method } = forecastAfter(30, 30, 50, 50);
    expect(values[0]).toBeCloseTo(40, 9);
    expect(values[4]).toBeCloseTo(10 + 30 * Math.exp(-1), 9);
    expect(method).toBe('seasonal_naive_following');
  });

  it('goes no lower than the least', () => {
    expect(forecastAfter(0, 0, 0, 0).values[0]).toBe(0);
  });

  it('changes nothing where nothing was counted in the last hour', () => {
    expect(forecastAfter(90, null, null, null, null)).toMatchObject({ method: 'seasonal_naive', values: [10, 10, 10, 10, 10] });
  });
}); // prettier-ignore
