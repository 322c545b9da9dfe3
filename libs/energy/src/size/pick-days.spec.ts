import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pickDays } from './pick-days.js';

describe('pickDays', () => {
  it('has the highest peak for itself, and of each group the day nearest its mean', () => {
    expect(pickDays([10, 11, 12, 30, 31, 35, 20], [1, 1, 1, 1, 1, 1, 9], 2, 14)).toEqual([
      { day: 1, weight: 6 },
      { day: 4, weight: 6 },
      { day: 6, weight: 2 },
    ]);
  });

  it('stands for the whole season, whatever the record', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 1e3, noNaN: true })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 9 }),
        (days, groups) => {
          const picked = pickDays(days.map(([energy]) => energy), days.map(([, peak]) => peak), groups, 100); // prettier-ignore
          expect(picked.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 6);
          expect(new Set(picked.map(({ day }) => day)).size).toBe(picked.length);
        },
      ),
    ));
});
