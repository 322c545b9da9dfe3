import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ageingAt, heatAfter, hotSpotOf, simulateHotSpot, steadyHeat } from './hot-spot.js';

describe('the hot spot of a transformer (IEC 60076-7)', () => {
  it('H01 is at 98 °C at rated load and 20 °C, where it ages at the normal rate', () => {
    expect(hotSpotOf(20, steadyHeat(1))).toBe(98);
    expect(ageingAt(98)).toBe(1);
    expect(ageingAt(104)).toBe(2);
  });

  it('H02 has only the oil of no load when nothing is taken', () => {
    const { oil, winding } = steadyHeat(0);
    expect(oil).toBeCloseTo(55 / 6 ** 0.8, 10);
    expect(winding).toBe(0);
  });

  it('H03 comes to the heat of a load that stays', () => {
    const { heat } = heatAfter(steadyHeat(0.3), 1.2, 10, 48);
    expect(heat.oil).toBeCloseTo(steadyHeat(1.2).oil, 3);
    expect(heat.winding).toBeCloseTo(steadyHeat(1.2).winding, 6);
  });

  it('H04 lags: a short overload after a low load is cooler than a long one', () => {
    const from = steadyHeat(0.5);
    const [short, long] = [0.25, 6].map((hours) => heatAfter(from, 1.4, 20, hours).hottest);
    expect(short).toBeLessThan(98);
    expect(long).toBeGreaterThan(120);
  });

  it('H05 uses a day of life in a day at the normal rate', () => {
    const day = simulateHotSpot({ ambient_c: 20, load_before: 1 }, new Array<number>(96).fill(1), 0.25);
    expect(day.ageing).toBeCloseTo(24, 9);
    expect(day.celsius.every((celsius) => Math.abs(celsius - 98) < 1e-9)).toBe(true);
  });

  it('is never cooler with more load or a warmer day', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: -20, max: 35, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (loads, ambient, more) => {
          const of = (by: number, celsius: number) =>
            simulateHotSpot({ ambient_c: celsius }, loads.map((load) => load + by), 0.25); // prettier-ignore
          const base = of(0, ambient);
          for (const other of [of(more, ambient), of(0, ambient + 10 * more)]) {
            expect(other.celsius.every((celsius, slot) => celsius >= (base.celsius[slot] ?? 0) - 1e-9)).toBe(true);
            expect(other.ageing).toBeGreaterThanOrEqual(base.ageing - 1e-12);
          }
        },
      ),
    ));
});
