import { epochMs } from '#libs/kernel';
import {
  type Connection,
  type EnergyProblem,
  type Feeder,
  type Load,
  POWER,
  type Series,
  type SiteProblem,
  type Store,
  type Tariff,
  type Task,
  type Unit,
} from '../src/index.js';

/** 10 kWh, 4 kW, no losses, no wear, half full. */
export const battery: Store = {
  store: 'battery',
  capacity_kwh: 10,
  charge_kw: 4,
  discharge_kw: 4,
  charge_efficiency: 1,
  discharge_efficiency: 1,
  soc_min_ratio: 0,
  soc_max_ratio: 1,
  wear_cost_per_kwh: 0,
  soc_ratio: 0.5,
};

/** 10 kW at 0.4 a kWh, as it likes. */
export const generator: Unit = {
  unit: 'generator',
  capacity_kw: 10,
  outputs: [{ bus: POWER, per_kw: 1 }],
  inputs: [],
  cost_per_kwh: 0.4,
};

/** On or off without cost, off for long. */
export const commitment: NonNullable<Unit['commitment']> = {
  min_kw: 0,
  start_cost: 0,
  stop_cost: 0,
  min_up_slots: 0,
  min_down_slots: 0,
  on: false,
  slots_so: 10,
};

/** 4 kWh at up to 4 kW, any time. */
export const task = (until_slot: number, changes: Partial<Task> = {}): Task => ({
  task: 'snow',
  energy_kwh: 4,
  power_kw: 4,
  from_slot: 0,
  until_slot,
  interruptible: true,
  ...changes,
});

export const load = (name: string, power_kw: Series, changes: Partial<Load> = {}): Load => ({
  load: name,
  tier: 'normal',
  power_kw,
  ...changes,
});

export interface SiteChanges extends Partial<SiteProblem> {
  /** Of the load. Default 5. */
  readonly load_kw?: Series;
  readonly pv_kw?: Series;
  /** Of the connection. */
  readonly connection?: Partial<Connection>;
  readonly tariff?: Partial<Tariff>;
}

/** A site of 5 kW on one connection with its name, limits far away. */
export const site =
  ({ load_kw = 5, pv_kw, connection, tariff, ...changes }: SiteChanges = {}) =>
  (prices: readonly number[]): SiteProblem => ({
    site: 'rink',
    connections: [grid(prices, { connection: changes.site ?? 'rink', ...connection }, tariff)],
    loads: [load('load', load_kw)],
    supplies: pv_kw === undefined ? [] : [{ supply: 'pv', available_kw: pv_kw }],
    stores: [],
    units: [],
    tasks: [],
    ...changes,
  });

/** A connection: export pays nothing, carbon is free. */
export const grid = (
  prices: readonly number[],
  changes: Partial<Connection> = {},
  tariff: Partial<Tariff> = {},
): Connection => ({
  connection: 'rink',
  feeder: 'north',
  import_limit_kw: 100,
  export_limit_kw: 100,
  tariff: {
    import_price_per_kwh: prices,
    export_price_per_kwh: prices.map((price) => Math.min(0, price)),
    carbon_kg_per_kwh: 0,
    ...tariff,
  },
  ...changes,
});

export const north: Feeder = { feeder: 'north', limit_kw: 1000 };

/** Slots of an hour, so that kW and kWh have the same numbers. */
export const hourly = (
  prices: readonly number[],
  sites: readonly ((prices: readonly number[]) => SiteProblem)[],
  changes: Partial<EnergyProblem> = {},
): EnergyProblem => ({
  grid: { start: epochMs(0), slotMs: 3_600_000, count: prices.length },
  currency: 'EUR',
  carbon_price_per_kg: 0,
  feeders: [north],
  sites: sites.map((of) => of(prices)),
  ...changes,
});
