import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { spreadMinute } from './spread.js';

const shared = (count: number, minutes: number, row: number) =>
  Array.from({ length: minutes }, (_, minute) => spreadMinute(count, { minute, minutes, row }));

describe('a count spread over its step', () => {
  it('puts three people of six minutes into every other minute', () => {
    expect(shared(3, 6, 0)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('puts a single person into different minutes of different rows', () => {
    expect(shared(1, 5, 0)).toEqual([0, 0, 0, 0, 1]);
    expect(shared(1, 5, 1)).toEqual([0, 0, 1, 0, 0]);
  });

  it('sums to the count, in whole people that differ by one at most', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 120 }), fc.nat(100_000), (count, minutes, row) => {
        const people = shared(count, minutes, row);
        expect(people.reduce((sum, value) => sum + value, 0)).toBe(count);
        expect(people.every(Number.isInteger)).toBe(true);
        expect(Math.max(...people) - Math.min(...people)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
