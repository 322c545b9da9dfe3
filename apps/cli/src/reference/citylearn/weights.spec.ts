import { describe, expect, it } from '@jest/globals';

import { WINDOW_HOURS } from './score.js';
import { Weights } from './weights.js';

/** Two houses of 1 and 3 kW in turn; at the meter half a kW more. */
const hearing = (hours: number): Weights => {
  const weights = new Weights();
  for (let hour = 0; hour < hours; hour += 1) {
    const each = hour % 2 === 0 ? 0.5 : 1.5;
    weights.hear({ netKw: [each, each], meterKw: 2 * each + 0.5, pricePerKwh: 0.2, carbonKgPerKwh: 0.1 });
  }
  return weights;
};

describe('what the terms weigh', () => {
  it('makes a term without batteries worth as much as the price, ramping and unevenness half', () => {
    const { carbonPerKg, rampPerKw, beforeKw } = hearing(100).prices(10);
    expect(carbonPerKg).toBeCloseTo(0.2 / 0.1, 9);
    // 2 kW of change an hour, but for the first.
    expect(rampPerKw).toBeCloseTo((100 * 2 * 0.2) / (99 * 2) / 2, 9);
    expect(beforeKw).toBe(3.5);
  });

  it('prices a kW of peak as its part of a window', () => {
    const [peak] = hearing(100).prices(10).peaks;
    // Unevenness without batteries: 1 - 2 / 3. A kW over 3.5 lifts 1 - mean / peak by 2 / 3.5 ^ 2.
    const window = 0.2 * 2 * WINDOW_HOURS;
    expect(peak).toMatchObject({ from_slot: 0, until_slot: 10, so_far_kw: 3.5 });
    expect(peak?.price_per_kw).toBeCloseTo((window / 2 / (1 / 3)) * (2 / 3.5 ** 2), 6);
  });

  it('begins a new peak with a new window, not below that of the last one', () => {
    expect(hearing(WINDOW_HOURS - 4).prices(10).peaks).toMatchObject([
      { from_slot: 0, until_slot: 4 },
      { from_slot: 4, until_slot: 10, so_far_kw: 3.5 },
    ]);
    expect(hearing(WINDOW_HOURS).prices(10).peaks).toMatchObject([{ from_slot: 0, until_slot: 10, so_far_kw: 3.5 }]);
  });

  it('weighs nothing where nothing was heard', () => {
    expect(new Weights().prices(2)).toMatchObject({ carbonPerKg: 0, rampPerKw: 0, meanPerKwh: 0 });
  });
});
