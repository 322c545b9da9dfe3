import { expect, it } from '@jest/globals';

import { slopeOf } from './memory-watch.js';

it('is the growth a minute', () => {
  const growing = [0, 1, 2, 3].map((minute) => ({ atMs: 5_000 + minute * 60_000, mb: 100 + 4 * minute }));
  expect(slopeOf(growing)).toBeCloseTo(4);
  expect(slopeOf([100, 104, 104, 100].map((mb, index) => ({ atMs: index * 1_000, mb })))).toBeCloseTo(0);
});

it('is 0 where there is no line', () => {
  expect(slopeOf([])).toBe(0);
  expect(slopeOf([{ atMs: 1, mb: 5 }])).toBe(0);
});
