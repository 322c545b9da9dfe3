import { expect } from '@jest/globals';
import type { Forecast } from '#libs/forecast';
import type { Pack, Venue } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { checkEnergyProblem } from '../check-problem.js';
import type { EnergyInputs } from './energy-inputs.js';
import { prepareEnergyProblem } from './prepare-energy-problem.js';

export const battery = {
  capacity_kwh: 100,
  power_kw: 50,
  charge_efficiency: 0.95,
  discharge_efficiency: 0.95,
  soc_min_ratio: 0.1,
  soc_max_ratio: 0.9,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0.02,
};
export const venue = (id: string, over: Partial<Venue> = {}): Venue => ({
  id,
  name: id,
  stop: '1',
  grid: { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 },
  ...over,
});
/** A week of quarter hours from Sunday, 28 December 2025, at a price of 1 and 2 in turn. */
const ROWS = 7 * 96;
const tariff = {
  id: 'tariff',
  startCivil: Date.UTC(2025, 11, 28),
  stepMs: 15 * MINUTE_MS,
  rows: ROWS,
  columns: new Map([
    ['price', Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 2))],
    ['carbon', new Float64Array(ROWS).fill(0.4)],
  ]),
};
export const packOf = (venues: readonly Venue[], over: Partial<Pack> = {}): Pack => ({
  directory: '/p',
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 14 },
  feeders: [{ id: 'north', name: 'North', limit_kw: 440 }],
  venues,
  energy: {
    import_price_per_kwh: 'tariff.price',
    export_price_ratio: 0.25,
    carbon_kg_per_kwh: 'tariff.carbon',
    carbon_price_per_kg: 0.1,
    approval: 'automatic',
  },
  transport: {
    gtfs: 'feed.zip',
    vehicle_types: [
      {
        id: 'bus',
        seats: 10,
        standing: 0,
        accessible: 0,
        cost_per_hour: 1,
        cost_per_km: 0,
        battery: { capacity_kwh: 200, reserve_kwh: 20, kwh_per_km: 1, charging_kw: 60 },
      },
    ],
    depots: [{ id: 'yard', name: 'Yard', stop: 'a', charging_kw: 100, venue: 'hall' }],
    fleet: [{ prefix: 'bus', count: 2, type: 'bus', depot: 'yard' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 1, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [],
    approval: 'automatic',
  },
  gtfs: new Uint8Array(),
  sessions: {
    recording: 'tariff',
    entries: [{ id: 'final', venue: 'hall', name: 'Final', start: '2025-12-31T20:00', end: '2025-12-31T20:30' }],
  },
  recordings: new Map([['tariff', tariff]]),
  gateways: [],
  devices: [],
  ...over,
});
/** The last two hours of 2025, in eight quarters; the final would be over. */
export const start = epochMs(Date.UTC(2025, 11, 31, 22));
export const grid = { start, slotMs: 15 * MINUTE_MS, count: 8 };
export const at = (minutes: number) => epochMs(start + minutes * MINUTE_MS);
export const flat = (kw: number, count = 8): Forecast => {
  const of = (value: number): readonly number[] => new Array<number>(count).fill(value);
  return {
    method: 'seasonal_naive',
    grid: { ...grid, count },
    values: of(kw),
    rules: [],
    coverage: { last_week: 1, yesterday: 0, last_known: 0, none: 0 },
    quantiles: { p10: of(kw * 0.5), p50: of(kw), p90: of(kw * 1.5) },
    errorRatio: null,
  };
};
export const prepare = (venues: readonly Venue[], over: Partial<EnergyInputs> = {}, pack: Partial<Pack> = {}) => {
  const problem = prepareEnergyProblem({
    pack: packOf(venues, pack),
    grid,
    load: new Map([['hall', flat(100)]]),
    pv: new Map([['hall', flat(10)]]),
    socRatio: new Map([['hall', 0.4]]),
    ...over,
  });
  expect(checkEnergyProblem(problem)).toEqual([]);
  return problem;
};
export const hallOf = (own: Partial<Venue>, over: Partial<EnergyInputs> = {}) => {
  const [site] = prepare([venue('hall', own)], over).sites;
  if (!site) throw new Error('No hall.');
  return site;
};
export const nothing = {
  stored: new Map(),
  running: new Map(),
  positions: new Map(),
  doneKwh: new Map(),
  peaks: new Map(),
};
