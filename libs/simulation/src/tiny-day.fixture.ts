import type { Pack, Point } from '#libs/games';
import { DAY_MS, HOUR_MS } from '#libs/kernel';
import type { Feed } from '#libs/transport';

import { type Scenario, USUAL_POLICIES } from './scenario.js';

const HOURS = 7 * 24;
/** A column of a week whose days are all the same. */
const daily = (at: (hour: number) => number) => Float64Array.from({ length: HOURS }, (_, hour) => at(hour % 24));

const recorded = (id: string, kind: Point['kind'], column: string): Point => ({
  id,
  kind,
  unit: kind === 'count_out' ? 'people' : 'kW',
  min: 0,
  max: 1000,
  interval_s: 60,
  recorded: { series: `week.${column}`, scale: 1, rule: kind === 'count_out' ? 'spread' : 'hold' },
});

/** A hall of 10 kW (30 kW from 1:00 to 2:00, over its limit of 25 kW, at the fivefold price) with a battery, a field, and 60 people an hour who ride from one to the other. */
export const tinyPack: Pack = {
  directory: '/tiny',
  games: { id: 'tiny', name: 'Tiny', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 0 },
  feeders: [{ id: 'north', name: 'North', limit_kw: 100 }],
  venues: [
    {
      id: 'hall',
      name: 'Hall',
      stop: 'a',
      grid: { feeder: 'north', import_limit_kw: 25, export_limit_kw: 0 },
      battery: {
        capacity_kwh: 20,
        power_kw: 10,
        charge_efficiency: 1,
        discharge_efficiency: 1,
        soc_min_ratio: 0,
        soc_max_ratio: 1,
        initial_soc_ratio: 0.5,
        wear_cost_per_kwh: 0,
      },
    },
    {
      id: 'field',
      name: 'Field',
      stop: 'b',
      grid: { feeder: 'north', import_limit_kw: 25, export_limit_kw: 0 },
    },
  ],
  energy: {
    import_price_per_kwh: 'week.price',
    export_price_ratio: 0,
    carbon_kg_per_kwh: 'week.carbon',
    carbon_price_per_kg: 0,
    approval: 'automatic',
  },
  transport: {
    gtfs: 'tiny.zip',
    vehicle_types: [{ id: 'bus', seats: 20, standing: 0, accessible: 0, cost_per_hour: 12, cost_per_km: 0 }],
    depots: [{ id: 'depot', name: 'Depot', stop: 'a' }],
    fleet: [{ prefix: 'bus', count: 3, type: 'bus', depot: 'depot' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 12, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [
      {
        id: 'L',
        rides: [
          {
            from: 'hall',
            to: 'field',
            group: 'visitors',
            count: { venue: 'hall', point: 'gates.count_out' },
            share: 1,
          },
        ],
      },
    ],
    approval: 'automatic',
  },
  gtfs: new Uint8Array(),
  sessions: { recording: 'week', entries: [] },
  recordings: new Map([
    [
      'week',
      {
        id: 'week',
        startCivil: 0,
        stepMs: HOUR_MS,
        rows: HOURS,
        columns: new Map([
          ['load', daily((hour) => (hour === 1 ? 30 : 10))],
          ['price', daily((hour) => (hour === 1 ? 0.5 : 0.1))],
          ['carbon', daily(() => 0.2)],
          ['people', daily(() => 60)],
        ]),
      },
    ],
  ]),
  devices: [],
  gateways: [
    {
      id: 'gw-hall',
      venue: 'hall',
      points: [recorded('load.active_power', 'load_power', 'load'), recorded('gates.count_out', 'count_out', 'people')],
    },
  ],
};

/** The same with electric buses and two chargers at the hall. */
export const electricPack: Pack = {
  ...tinyPack,
  transport: {
    ...tinyPack.transport,
    vehicle_types: tinyPack.transport.vehicle_types.map((type) => ({
      ...type,
      battery: { capacity_kwh: 100, reserve_kwh: 10, kwh_per_km: 1, charging_kw: 60 },
    })),
    depots: [{ id: 'depot', name: 'Depot', stop: 'a', venue: 'hall', chargers: 2, charging_kw: 90 }],
  },
};

const monday = Date.UTC(2026, 0, 5);

/** Line L from a to b and back in 20 minutes, every 10 minutes around the clock. */
export const tinyFeed: Feed = {
  agencies: [],
  stops: new Map(),
  lines: new Map(),
  trips: new Map([
    [
      'l1',
      {
        id: 'l1',
        line: 'L',
        service: 'daily',
        stops: ['a', 'b', 'a'].map((stop, index) => ({ stop, arrivalS: index * 600, departureS: index * 600 })),
        headways: [{ startS: 0, endS: 24 * 3600, headwayS: 600 }],
      },
    ],
  ]),
  services: new Map([
    [
      'daily',
      {
        calendar: undefined,
        added: new Set(Array.from({ length: 7 }, (_, day) => monday + day * DAY_MS)),
        removed: new Set<number>(),
      },
    ],
  ]),
  shapes: new Map(),
  transfers: [],
  info: undefined,
  otherFiles: new Map(),
};

/** Monday in that week. */
export const tinyScenario: Scenario = {
  title: 'A tiny day',
  pack: 'tiny',
  day: '2026-01-05',
  seed: 1,
  replications: 1,
  mismatch: 0,
  overlays: [],
  policies: USUAL_POLICIES,
  baseline: 'without_plan',
  cadence: { energy_minutes: 30, dispatch_minutes: 30 },
  effort: { moves: 200 },
};
