import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, epochMs, HOUR_MS, type SlotGrid } from '#libs/kernel';
import { seasonalNaive } from './seasonal-naive.js';

const monday = epochMs(Date.UTC(2026, 5, 1));
const hours = (count: number, start = monday): SlotGrid => ({ start: epochMs(start), slotMs: HOUR_MS, count });
/** Eight days of hours: the hour's number, so that every value names its slot. */
const numbered = { grid: hours(8 * 24), values: Array.from({ length: 8 * 24 }, (_, hour) => hour) };
const afterwards = (count: number) => hours(count, epochMs(monday + 8 * DAY_MS));

describe('seasonalNaive', () => {
  it('says what the same hour was last week', () => {
    const { values, rules } = seasonalNaive({ history: numbered, grid: afterwards(3), timeZone: 'UTC', least: 0 });
    expect(values).toEqual([24, 25, 26]);
    expect(rules).toEqual(['last_week', 'last_week', 'last_week']);
  });

  it('says what it was yesterday where last week is a gap, and the last value where that is one too', () => {
    const values = numbered.values.map((value) => (value === 25 || value === 26 || value === 170 ? null : value));
    const forecast = seasonalNaive({
      history: { ...numbered, values },
      grid: afterwards(4),
      timeZone: 'UTC',
      least: 0,
    });
    expect(forecast.values).toEqual([24, 169, 191, 27]);
    expect(forecast.rules).toEqual(['last_week', 'yesterday', 'last_known', 'last_week']);
    expect(forecast.coverage).toEqual({ last_week: 0.5, yesterday: 0.25, last_known: 0.25, none: 0 });
  });

  it('says the least possible, and that it knows nothing, without any history', () => {
    const history = { grid: hours(2), values: [null, null] };
    const forecast = seasonalNaive({ history, grid: afterwards(2), timeZone: 'UTC', least: 0 });
    expect(forecast.values).toEqual([0, 0]);
    expect(forecast.coverage.none).toBe(1);
    expect(forecast.errorRatio).toBeNull();
  });

  it('keeps the civil time of day over a clock change', () => {
    // New York leaves summer time on 1 November 2026: 08:00 is 12:00Z before and 13:00Z after.
    const before = epochMs(Date.UTC(2026, 9, 27, 12));
    const after = epochMs(Date.UTC(2026, 10, 3, 13));
    const history = { grid: hours(2, before), values: [8, 9] };
    expect(seasonalNaive({ history, grid: hours(1, after), timeZone: 'America/New_York', least: 0 }).values).toEqual([
      8,
    ]);
  });

  it('spreads its quantiles as the rule erred', () => {
    // Two weeks of ten, the second one higher by 1 to 7 from day to day.
    const grid = hours(14 * 24);
    const values = Array.from({ length: grid.count }, (_, hour) =>
      hour < 7 * 24 ? 10 : 10 + Math.floor(hour / 24) - 6,
    );
    const next = hours(1, epochMs(monday + 14 * DAY_MS));
    const { quantiles, errorRatio } = seasonalNaive({
      history: { grid, values },
      grid: next,
      timeZone: 'UTC',
      least: 0,
    });
    // 11 was measured a week before; of the errors 1 to 7 a tenth is at most 1, a half at most 4, nine tenths at most 7.
    expect([quantiles.p10[0], quantiles.p50[0], quantiles.p90[0]]).toEqual([12, 15, 18]);
    // On the last day 17 came and 10 was said.
    expect(errorRatio).toBeCloseTo(7 / 17, 10);
  });

  it('repeats a weekly series exactly and keeps quantiles in order', () => {
    const week = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 7 * 24, maxLength: 7 * 24 });
    fc.assert(
      fc.property(
        week,
        fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 336, maxLength: 336 }),
        (base, noise) => {
          const grid = hours(14 * 24);
          const next = hours(24, epochMs(monday + 14 * DAY_MS));
          const twice = { grid, values: [...base, ...base] };
          const exact = seasonalNaive({ history: twice, grid: next, timeZone: 'UTC', least: 0 });
          expect(exact.values).toEqual(base.slice(0, 24));
          expect(exact.quantiles.p90).toEqual(exact.values);
          const noisy = { grid, values: twice.values.map((value, slot) => value + (noise[slot] ?? 0)) };
          const { p10, p50, p90 } = seasonalNaive({ history: noisy, grid: next, timeZone: 'UTC', least: 0 }).quantiles;
          p50.forEach((median, slot) => {
            expect(p10[slot]).toBeLessThanOrEqual(median);
            expect(p90[slot]).toBeGreaterThanOrEqual(median);
          });
        },
      ),
      { numRuns: 20 },
    );
  });
});
