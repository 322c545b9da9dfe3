import { describe, expect, it } from '@jest/globals';

import type { District } from './read-district.js';
import { scoreOf, termsOf } from './score.js';

const district: District = {
  hours: 3,
  houses: [],
  pricePerKwh: [1, 2, 3],
  priceTold: [],
  carbonKgPerKwh: [0.1, 0.1, 0.2],
};

describe('the score of a district', () => {
  it('pays for what all take together, and counts the carbon of each', () => {
    const terms = termsOf(district, [
      [2, 2, 2],
      [-1, -3, 1],
    ]);
    // Together 1, -1 and 3 kW.
    expect(terms.price).toBeCloseTo(1 + 9, 12);
    expect(terms.emission).toBeCloseTo(0.2 + 0.2 + 0.4 + 0.2, 12);
    expect(terms.ramping).toBe(2 + 4);
    expect(terms.unevenness).toBeCloseTo(1 - 1 / 3, 12);
  });

  it('takes the load factor of each window of 730 hours by itself', () => {
    const net = Array.from({ length: 1460 }, (_, hour) => (hour < 730 ? 1 : hour % 2));
    expect(termsOf({ ...district, hours: 1460 }, [net]).unevenness).toBeCloseTo(0.25, 12);
  });

  it('is the mean of price, emission and grid, each relative to no battery', () => {
    const without = { price: 10, emission: 4, ramping: 20, unevenness: 0.8 };
    const score = scoreOf({ price: 5, emission: 3, ramping: 5, unevenness: 0.6 }, without);
    expect(score).toMatchObject({ price: 0.5, emission: 0.75 });
    expect(score.grid).toBeCloseTo(0.5, 12);
    expect(score.mean).toBeCloseTo(1.75 / 3, 12);
  });
});
