import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { Connection, EnergyProblem, Feeder, SiteProblem, Store, Unit } from '../src/index.js';

/** 0.20 a kWh bought, nothing for what is sold. */
export const plainTariff = { import_price_per_kwh: 0.2, export_price_per_kwh: 0, carbon_kg_per_kwh: 0 };

export const plainConnection = (connection: string, feeder: string, more: Partial<Connection> = {}): Connection => ({
  connection,
  feeder,
  import_limit_kw: 1000,
  export_limit_kw: 0,
  tariff: plainTariff,
  ...more,
});

/** Full, of 100 kW and 100 kWh, without losses; what is left at the horizon is worth 0.10 a kWh. */
export const plainBattery = (more: Partial<Store> = {}): Store => ({
  store: 'battery',
  capacity_kwh: 100,
  charge_kw: 100,
  discharge_kw: 100,
  charge_efficiency: 1,
  discharge_efficiency: 1,
  wear_cost_per_kwh: 0,
  soc_min_ratio: 0,
  soc_max_ratio: 1,
  soc_ratio: 1,
  end_value_per_kwh: 0.1,
  ...more,
});

/** Of 100 kW, off for long, dearer than the grid. */
export const plainGenerator: Unit = {
  unit: 'generator',
  capacity_kw: 100,
  outputs: [{ bus: 'power', per_kw: 1 }],
  inputs: [],
  cost_per_kwh: 2,
  commitment: { min_kw: 20, start_cost: 3, stop_cost: 0, min_up_slots: 1, min_down_slots: 1, on: false, slots_so: 9 },
};

export const plainSite = (site: string, parts: Partial<SiteProblem>): SiteProblem => ({
  site,
  connections: [],
  loads: [],
  supplies: [],
  stores: [],
  units: [],
  tasks: [],
  ...parts,
});

/** Quarter hours. */
export const plainProblem = (
  count: number,
  feeders: readonly Feeder[],
  sites: readonly SiteProblem[],
): EnergyProblem => ({
  grid: { start: epochMs(0), slotMs: 15 * MINUTE_MS, count },
  currency: 'EUR',
  carbon_price_per_kg: 0,
  feeders,
  sites,
});
