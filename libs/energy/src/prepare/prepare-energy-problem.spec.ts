import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { checkEnergyProblem } from '../check-problem.js';
import { energyGrid } from './energy-grid.js';
import { prepareEnergyProblem } from './prepare-energy-problem.js';

const battery = {
  capacity_kwh: 100,
  power_kw: 50,
  charge_efficiency: 0.95,
  discharge_efficiency: 0.95,
  soc_min_ratio: 0.1,
  soc_max_ratio: 0.9,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0.02,
};
const venue = (id: string, over: Partial<Pack['venues'][number]> = {}): Pack['venues'][number] => ({
  id,
  name: id,
  stop: '1',
  grid: { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 },
  ...over,
});
/** Two quarter hours of a tariff that repeats. */
const tariff = {
  id: 'tariff',
  startCivil: 0,
  stepMs: 15 * MINUTE_MS,
  rows: 2,
  columns: new Map([
    ['price', Float64Array.of(1, 2)],
    ['carbon', Float64Array.of(0.4, 0.5)],
  ]),
};
const pack: Pack = {
  directory: '/p',
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 14 },
  feeders: [{ id: 'north', name: 'North', limit_kw: 440 }],
  venues: [venue('hall', { battery }), venue('rink', { battery }), venue('gate')],
  energy: {
    import_price_per_kwh: 'tariff.price',
    export_price_ratio: 0.25,
    carbon_kg_per_kwh: 'tariff.carbon',
    carbon_price_per_kg: 0.1,
    approval: 'automatic',
  },
  transport: {
    gtfs: 'feed.zip',
    vehicle_types: [{ id: 'bus', seats: 10, standing: 0, accessible: 0, cost_per_hour: 1, cost_per_km: 0 }],
    depots: [{ id: 'depot', name: 'Depot', stop: 'a' }],
    fleet: [{ prefix: 'bus', count: 1, type: 'bus', depot: 'depot' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 1, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [],
    approval: 'automatic',
  },
  gtfs: new Uint8Array(),
  sessions: { recording: 'tariff', entries: [] },
  recordings: new Map([['tariff', tariff]]),
  gateways: [],
  devices: [],
};
const problem = prepareEnergyProblem({
  pack,
  grid: { start: epochMs(0), slotMs: 15 * MINUTE_MS, count: 2 },
  loadKw: new Map([['hall', [10, 20]]]),
  pvKw: new Map([['hall', [1, 2]]]),
  socRatio: new Map([['hall', 0.4]]),
});

describe('prepareEnergyProblem', () => {
  it('puts forecasts, limits and prices on the grid', () => {
    expect(problem).toMatchObject({ currency: 'EUR', carbon_price_per_kg: 0.1 });
    expect(problem.sites[0]).toMatchObject({
      site: 'hall',
      loads: [{ load: 'load', tier: 'normal', power_kw: [10, 20] }],
      supplies: [{ supply: 'pv', available_kw: [1, 2] }],
    });
    expect(problem.sites[0]?.connections).toEqual([
      {
        connection: 'hall',
        feeder: 'north',
        import_limit_kw: 300,
        export_limit_kw: 0,
        tariff: {
          import_price_per_kwh: [1, 2],
          export_price_per_kwh: [0.25, 0.5],
          carbon_kg_per_kwh: [0.4, 0.5],
        },
      },
    ]);
    expect(problem.feeders).toEqual([{ feeder: 'north', limit_kw: 440 }]);
  });

  it('makes a problem that can be planned', () => {
    expect(checkEnergyProblem(problem)).toEqual([]);
  });

  it('starts a battery from its measured charge, and leaves alone one of which none is known', () => {
    const [own] = problem.sites[0]?.stores ?? [];
    expect(own).toMatchObject({ store: 'battery', capacity_kwh: 100, charge_kw: 50, discharge_kw: 50, soc_ratio: 0.4 });
    expect(own).not.toHaveProperty('initial_soc_ratio');
    expect(problem.sites[1]?.stores).toEqual([]);
  });

  it('gives a venue without a forecast nothing to draw', () => {
    expect(problem.sites[2]).toMatchObject({
      site: 'gate',
      loads: [{ power_kw: [0, 0] }],
      supplies: [{ available_kw: [0, 0] }],
      stores: [],
    });
  });
});

it('plans a day of quarter hours from the one under way', () => {
  const grid = energyGrid(epochMs(17 * MINUTE_MS));
  expect(grid).toEqual({ start: 15 * MINUTE_MS, slotMs: 15 * MINUTE_MS, count: 96 });
});
