import { describe, expect, it } from '@jest/globals';

import { BatteryPlant } from './battery-plant.js';

const plant = () =>
  new BatteryPlant({
    capacity_kwh: 10,
    power_kw: 4,
    charge_efficiency: 0.5,
    discharge_efficiency: 0.5,
    soc_min_ratio: 0,
    soc_max_ratio: 1,
    initial_soc_ratio: 0.5,
    wear_cost_per_kwh: 0,
  });

describe('a battery', () => {
  it('keeps half of what it takes and gives half of what it loses', () => {
    const battery = plant();
    expect(battery.run(4, 1)).toBe(4);
    expect(battery.storedKwh).toBe(7);
    expect(battery.run(-1, 1)).toBe(-1);
    expect(battery.storedKwh).toBe(5);
  });

  it('does no more than its power, its room and its store allow', () => {
    expect(plant().run(9, 0.5)).toBe(4);
    const battery = plant();
    expect(battery.run(-4, 1)).toBe(-2.5);
    expect(battery.socRatio).toBe(0);
    expect(battery.run(-4, 1)).toBeCloseTo(0);
    expect([battery.run(4, 5), battery.socRatio]).toEqual([4, 1]);
    expect(battery.run(4, 1)).toBe(0);
  });
});
