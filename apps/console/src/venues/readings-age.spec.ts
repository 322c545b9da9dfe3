import { describe, expect, it } from '@jest/globals';
import { readingsAge } from './readings-age.js';

describe('readingsAge', () => {
  it.each([
    [0, undefined],
    [5 * 60_000, undefined],
    [5 * 60_000 + 1, 'readings 5 min old'],
    [12.9 * 60_000, 'readings 12 min old'],
  ])('of readings of %p ms ago is %p', (ago, text) => expect(readingsAge(1e12 - ago, 1e12)).toBe(text));

  it('says nothing of a venue that was never measured', () => expect(readingsAge(null, 1e12)).toBeUndefined());
});
