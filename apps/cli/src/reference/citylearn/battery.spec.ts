import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { Battery } from './battery.js';

const make = (fadeRatio = 0) => new Battery({ capacityKwh: 10, nominalKw: 5, fadeRatio });

describe('a battery of CityLearn', () => {
  it('keeps the root of the efficiency at its power', () => {
    const battery = make();
    expect(battery.drive(1)).toBe(1);
    expect(battery.soc).toBeCloseTo(Math.sqrt(0.83) / 10, 12);
    const strong = make();
    // 2.5 kW are half of the nominal power, half way between 0.83 at 0.3 and 0.9 at 0.7.
    strong.drive(2.5);
    expect(strong.soc).toBeCloseTo((2.5 * Math.sqrt(0.865)) / 10, 12);
  });

  it('gives no more than it holds, less what is lost', () => {
    const battery = make();
    battery.drive(1);
    expect(battery.drive(-5)).toBeCloseTo(-Math.sqrt(0.83) * Math.sqrt(0.85), 12);
    expect(battery.soc).toBeCloseTo(0, 12);
  });

  it('takes less power when it is nearly full', () => {
    const battery = make();
    for (let hour = 0; hour < 40; hour += 1) battery.drive(5);
    expect(battery.soc).toBeCloseTo(1, 6);
    // A fifth of the nominal power at full.
    expect(battery.drive(-5)).toBeCloseTo(-1, 6);
  });

  it('loses capacity with what flows', () => {
    const battery = make(0.01);
    battery.drive(2);
    expect(battery.capacityKwh).toBeCloseTo(10 - (0.01 * 10 * 2) / 20, 12);
  });

  it('stays between empty and full, and gives back less than it took', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { maxLength: 60 }), (wanted) => {
        const battery = make(1e-5);
        let taken = 0;
        for (const kw of wanted) {
          taken += battery.drive(kw);
          expect(battery.soc).toBeGreaterThanOrEqual(0);
          expect(battery.soc).toBeLessThanOrEqual(1);
          expect(taken).toBeGreaterThanOrEqual(battery.soc * battery.capacityKwh - 1e-9);
        }
      }),
    );
  });
});
