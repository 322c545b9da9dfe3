import { describe, expect, it } from '@jest/globals';
import { kilowatts, seconds } from '#libs/kernel';
import fc from 'fast-check';
import { stepBattery } from './battery.js';

/** 100 kWh and 50 kW, 80 % in, 50 % out, kept between 20 and 90 %. */
const spec = {
  capacity_kwh: 100,
  power_kw: 50,
  charge_efficiency: 0.8,
  discharge_efficiency: 0.5,
  soc_min_ratio: 0.2,
  soc_max_ratio: 0.9,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0,
};
const HOUR = seconds(3600);
const step = (soc: number, wanted: number) => stepBattery(spec, soc, kilowatts(wanted), HOUR);

describe('stepBattery', () => {
  it('stores 80 % of what it takes: an hour of 25 kW makes 20 kWh', () => {
    const { power, socRatio } = step(0.5, 25);
    expect(power).toBe(25);
    expect(socRatio).toBeCloseTo(0.7);
  });

  it('takes two kWh from store for one that it gives: an hour of 10 kW takes 20 kWh', () => {
    const { power, socRatio } = step(0.5, -10);
    expect(power).toBe(-10);
    expect(socRatio).toBeCloseTo(0.3);
  });

  it('stops at its band: 10 kWh of room take 12.5 kW, 10 kWh of stock give 5 kW', () => {
    expect(step(0.8, 50).power).toBeCloseTo(12.5);
    expect(step(0.8, 50).socRatio).toBeCloseTo(0.9);
    expect(step(0.3, -50).power).toBeCloseTo(-5);
    expect(step(0.3, -50).socRatio).toBeCloseTo(0.2);
  });

  it('never leaves its band or its power, and creates no energy', () => {
    const ratio = fc.double({ min: 0.2, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(ratio, fc.double({ min: -200, max: 200, noNaN: true }), (soc, wanted) => {
        const { power, socRatio } = step(soc, wanted);
        expect(Math.abs(power)).toBeLessThanOrEqual(50);
        expect(socRatio).toBeGreaterThanOrEqual(0.2 - 1e-9);
        expect(socRatio).toBeLessThanOrEqual(0.9 + 1e-9);
        expect((socRatio - soc) * 100).toBeLessThanOrEqual(power + 1e-9);
      }),
    );
  });
});
