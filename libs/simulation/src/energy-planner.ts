import { type EnergyProblem, type Setpoint, type SiteProblem, solveEnergy } from '#libs/energy';
import { type Pack, replayOf, type Venue } from '#libs/games';
import { type EpochMs, floorTo, MINUTE_MS, type SlotGrid, slotStart } from '#libs/kernel';

import { findRecorded, forecastOf } from './recorded-history.js';
import type { Planning } from './planning.js';

const SLOT_MS = 15 * MINUTE_MS;
const HORIZON_SLOTS = 96;

/** Plans as the platform does, from the same forecasts and with the same solver: the setpoints of the next slots. */
export const planEnergy = async (
  { pack, solver, seed, deadlineMs }: Planning,
  now: EpochMs,
  socOf: (venue: string) => number | undefined,
): Promise<readonly Setpoint[]> => {
  const grid: SlotGrid = { start: floorTo(now, SLOT_MS), slotMs: SLOT_MS, count: HORIZON_SLOTS };
  const { plan, solve } = await solveEnergy(prepare(pack, grid, socOf), { solver, deadlineMs, seed });
  if (solve.failure !== null) throw new Error(solve.failure);
  return plan.setpoints;
};

const prepare = (pack: Pack, grid: SlotGrid, socOf: (venue: string) => number | undefined): EnergyProblem => {
  const held = (series: string) => {
    const at = replayOf(pack, { series, scale: 1, rule: 'hold' });
    return Array.from({ length: grid.count }, (_, slot) => at(slotStart(grid, slot)));
  };
  const price = held(pack.energy.import_price_per_kwh);
  return {
    grid,
    currency: pack.games.currency,
    import_price_per_kwh: price,
    export_price_per_kwh: price.map((value) => value * pack.energy.export_price_ratio),
    carbon_kg_per_kwh: held(pack.energy.carbon_kg_per_kwh),
    carbon_price_per_kg: pack.energy.carbon_price_per_kg,
    feeders: pack.feeders.map(({ id, limit_kw }) => ({ feeder: id, limit_kw })),
    sites: pack.venues.map((venue) => prepareSite(pack, venue, grid, socOf(venue.id))),
  };
};

const prepareSite = (pack: Pack, venue: Venue, grid: SlotGrid, socRatio: number | undefined): SiteProblem => {
  const forecast = (kind: string) => {
    const recorded = findRecorded(pack, venue.id, kind);
    return recorded ? forecastOf(pack, recorded, grid).values : new Array<number>(grid.count).fill(0);
  };
  return {
    site: venue.id,
    feeder: venue.grid.feeder,
    import_limit_kw: venue.grid.import_limit_kw,
    export_limit_kw: venue.grid.export_limit_kw,
    load_kw: forecast('load_power'),
    pv_kw: forecast('pv_power'),
    battery: venue.battery && socRatio !== undefined ? batteryOf(venue.battery, socRatio) : null,
  };
};

const batteryOf = (
  { initial_soc_ratio: _initial, ...battery }: NonNullable<Venue['battery']>,
  soc_ratio: number,
): NonNullable<SiteProblem['battery']> => ({ ...battery, soc_ratio });
