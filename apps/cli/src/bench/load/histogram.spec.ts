import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { Histogram } from './histogram.js';

const of = (...values: number[]): Histogram => {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
};

describe('Histogram', () => {
  it('gives the value that half of them, or 99 of a hundred, do not exceed', () => {
    const hundred = of(...Array.from({ length: 100 }, (_, index) => index + 1));
    expect(hundred.quantile(0.5)).toBe(50);
    expect(hundred.quantile(0.99)).toBe(99);
    expect(of(7).quantile(0.99)).toBe(7);
  });

  it('is 0 when nothing was counted', () => expect(of().quantile(0.99)).toBe(0));

  it('rounds up, and keeps what is out of its bounds at them', () => {
    expect(of(0.2).quantile(0.5)).toBe(1);
    expect(of(-3).quantile(0.5)).toBe(0);
    expect(of(1e9).quantile(0.5)).toBe(120_000);
  });

  it('is the sorted list’s value, whatever was counted', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(delays, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const sorted = [...values].sort((a, b) => a - b);
        expect(of(...values).quantile(share)).toBe(sorted[Math.ceil(share * values.length) - 1]);
      }),
      { numRuns: 30 },
    );
  });
});
