import { epochMs } from '#libs/kernel';
import type { BatteryState, EnergyProblem, SiteProblem } from '../src/index.js';

/** 10 kWh, 4 kW, no losses, no wear, half full. */
export const battery: BatteryState = {
  capacity_kwh: 10,
  power_kw: 4,
  charge_efficiency: 1,
  discharge_efficiency: 1,
  soc_min_ratio: 0,
  soc_max_ratio: 1,
  wear_cost_per_kwh: 0,
  soc_ratio: 0.5,
};

/** A site of 5 kW without sun and battery, limits far away. */
export const site = (slots: number, changes: Partial<SiteProblem> = {}): SiteProblem => ({
  site: 'rink',
  feeder: 'north',
  import_limit_kw: 100,
  export_limit_kw: 100,
  load_kw: Array<number>(slots).fill(5),
  pv_kw: Array<number>(slots).fill(0),
  battery: null,
  ...changes,
});

/** Slots of an hour, so that kW and kWh have the same numbers. Export pays nothing, carbon is free. */
export const hourly = (
  prices: readonly number[],
  sites: readonly SiteProblem[],
  changes: Partial<EnergyProblem> = {},
): EnergyProblem => ({
  grid: { start: epochMs(0), slotMs: 3_600_000, count: prices.length },
  currency: 'EUR',
  import_price_per_kwh: prices,
  export_price_per_kwh: prices.map(() => 0),
  carbon_kg_per_kwh: prices.map(() => 0),
  carbon_price_per_kg: 0,
  feeders: [{ feeder: 'north', limit_kw: 1000 }],
  sites,
  ...changes,
});
