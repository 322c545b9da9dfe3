import { describe, expect, it } from '@jest/globals';
import { readInstant } from './instants.js';

describe('readInstant', () => {
  it.each([
    [0, 0],
    [1_276_020_076_001, 1_276_020_076_001],
    [1_276_020_076_000.6, 1_276_020_076_001],
    [8_640_000_000_000_000, 8_640_000_000_000_000],
  ])('takes %d as %d', (ms, expected) => {
    expect(readInstant(ms)).toEqual({ ok: true, value: expected });
  });

  it.each([-1, 8_640_000_000_000_001, Infinity, NaN, null, undefined, '1276020076001', true, {}])(
    'refuses %p as no time',
    (ms) => {
      expect(readInstant(ms)).toMatchObject({ ok: false, error: { code: 'bad_time' } });
    },
  );
});
