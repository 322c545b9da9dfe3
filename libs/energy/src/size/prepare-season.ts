import type { Pack } from '#libs/games';
import type { EpochMs, SlotGrid } from '#libs/kernel';
import { HOUR_MS } from '#libs/kernel';
import { z } from 'zod';
import type { Expected } from '../prepare/energy-inputs.js';
import { prepareEnergyProblem } from '../prepare/prepare-energy-problem.js';
import { type EnergyProblem, POWER, type SiteProblem, type Store, type Unit, valueAt } from '../problem.js';
import type { Season, SeasonDay } from './season.js';

const notNegative = z.number().nonnegative();

/** `sizing.yaml` of a pack: what sizes cost for the season, and what they are measured against. */
export const sizingFile = z.strictObject({
  season_days: z.number().positive(),
  costs: z.strictObject({
    connection_per_kw: notNegative,
    generator_per_kw: notNegative,
    battery_per_kw: notNegative,
    battery_per_kwh: notNegative,
  }),
  generator: z.strictObject({ fuel_cost_per_kwh: notNegative }),
  battery: z.strictObject({ round_trip_efficiency: z.number().gt(0).max(1), wear_cost_per_kwh: notNegative }),
  /** Of each connection, expected; each about the busiest hours of a day. */
  outages: z.strictObject({ per_season: notNegative, hours: z.number().int().min(1).max(24) }),
  /** Per kWh: of what can be switched off, and of life safety and broadcast. */
  value_of_lost_load: z.number().positive(),
  value_of_critical_load: z.number().positive(),
});
export type Sizing = z.infer<typeof sizingFile>;

/** A day on record, mean kW of each hour by venue. */
export interface RecordedDay {
  readonly start: EpochMs;
  readonly loadKw: ReadonlyMap<string, readonly number[]>;
  readonly pvKw: ReadonlyMap<string, readonly number[]>;
  readonly weight: number;
}

const HOURS = 24;

/**
 * The season that sizes are looked for in: each day once as it was and once with an outage of all connections about its busiest hours, weighted by how often that happens. No battery is counted on
 * in an outage: nobody knows that it will come, nor how much the battery holds then.
 */
export const prepareSeason = (pack: Pack, sizing: Sizing, days: readonly RecordedDay[]): Season => {
  const seasonDays = days.reduce((sum, { weight }) => sum + weight, 0);
  const perDay = sizing.outages.per_season / seasonDays;
  return {
    days: days.flatMap(({ start, loadKw, pvKw, weight }): readonly SeasonDay[] => {
      const grid: SlotGrid = { start, slotMs: HOUR_MS, count: HOURS };
      const problem = prepareEnergyProblem({ pack, grid, load: known(loadKw), pv: known(pvKw), socRatio: new Map() });
      const usual = { problem: withParts(problem, sizing, [batteryOf(sizing)]), weight: weight * (1 - perDay) };
      const dark = {
        problem: withOutage(withParts(problem, sizing, []), sizing.outages.hours),
        weight: weight * perDay,
      };
      return perDay > 0 ? [usual, dark] : [usual];
    }),
    costs: sizing.costs,
    value_of_lost_load: sizing.value_of_lost_load,
    value_of_critical_load: sizing.value_of_critical_load,
  };
};

/** What was measured is expected for sure. */
const known = (powers: RecordedDay['loadKw']): ReadonlyMap<string, Expected> =>
  new Map(
    [...powers].map(([venue, values]) => [venue, { values, quantiles: { p10: values, p50: values, p90: values } }]),
  );

const withParts = (problem: EnergyProblem, sizing: Sizing, stores: readonly Store[]): EnergyProblem => ({
  ...problem,
  sites: problem.sites.map((site): SiteProblem => {
    return {
      ...site,
      secured_slots: [],
      loads: site.loads.map((load) =>
        load.tier === 'normal' && (load.bus ?? POWER) === POWER
          ? { ...load, shed_cost_per_kwh: sizing.value_of_lost_load }
          : load,
      ),
      stores,
      units: [generatorOf(sizing)],
    };
  }),
});

/** Its size is looked for: what is said of it here is not looked at. */
const generatorOf = ({ generator }: Sizing): Unit => ({
  unit: 'generator',
  capacity_kw: 0,
  outputs: [{ bus: POWER, per_kw: 1 }],
  inputs: [],
  cost_per_kwh: generator.fuel_cost_per_kwh,
});

const batteryOf = ({ battery }: Sizing): Store => ({
  store: 'battery',
  capacity_kwh: 1,
  charge_kw: 0,
  discharge_kw: 0,
  charge_efficiency: Math.sqrt(battery.round_trip_efficiency),
  discharge_efficiency: Math.sqrt(battery.round_trip_efficiency),
  wear_cost_per_kwh: battery.wear_cost_per_kwh,
  soc_min_ratio: 0,
  soc_max_ratio: 1,
  soc_ratio: 0,
});

/** Connections are dead about the busiest hours of each site. */
const withOutage = (problem: EnergyProblem, hours: number): EnergyProblem => ({
  ...problem,
  sites: problem.sites.map((site) => {
    const load = Array.from({ length: HOURS }, (_, slot) =>
      site.loads.reduce((sum, { power_kw, bus = POWER }) => sum + (bus === POWER ? valueAt(power_kw, slot) : 0), 0),
    );
    const energyFrom = (from: number): number => load.slice(from, from + hours).reduce((sum, kw) => sum + kw, 0);
    const from = Array.from({ length: HOURS - hours + 1 }, (_, at) => at).reduce((best, at) =>
      energyFrom(at) > energyFrom(best) ? at : best,
    );
    const available = load.map((_, slot) => (slot >= from && slot < from + hours ? 0 : 1));
    return { ...site, connections: site.connections.map((connection) => ({ ...connection, available })) };
  }),
});
