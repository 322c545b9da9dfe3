import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { toHistory } from './history.js';
import { quantileOf } from './quantile.js';

const grid = { start: epochMs(0), slotMs: 5 * MINUTE_MS, count: 3 };
const minute = (at: number, value: number) => ({ ts: at * MINUTE_MS, sum: value, count: 1 });

describe('toHistory', () => {
  const steps = [minute(-1, 99), minute(0, 2), minute(4, 4), minute(10, 7), minute(15, 99)];

  it('averages power and sums people, and keeps a gap', () => {
    expect(toHistory(grid, steps, 'mean').values).toEqual([3, null, 7]);
    expect(toHistory(grid, steps, 'sum').values).toEqual([6, null, 7]);
  });
});

describe('quantileOf', () => {
  it('goes straight between ranks', () => {
    expect([0, 0.25, 0.5, 1].map((p) => quantileOf([1, 2, 3], p))).toEqual([1, 1.5, 2, 3]);
  });

  it('refuses an empty list', () => {
    expect(() => quantileOf([], 0.5)).toThrow(RangeError);
  });
});
