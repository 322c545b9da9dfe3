import type { Pack } from '#libs/games';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { drawWorld, runDay, type ShuttleCall } from '#libs/simulation';
import type { Feed } from '#libs/transport';

import { CASE_HOURS, type LineCase, type LineResult } from './line-case.js';

const day = '2026-01-05';
const midnight = Date.parse(`${day}T00:00Z`);
const pointOf = (to: string): string => `gates.to_${to}`;

/** A venue at each stop, whose gate counts people by where they want to; no power worth mentioning. */
const packOf = ({ stops, rides, places, departures }: LineCase): Pack => ({
  directory: '/line',
  games: { id: 'line', name: 'Line', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 0 },
  feeders: [{ id: 'north', name: 'North', limit_kw: 100 }],
  venues: stops.map((stop) => ({
    id: stop,
    name: stop,
    stop,
    grid: { feeder: 'north', import_limit_kw: 25, export_limit_kw: 0 },
  })),
  energy: {
    import_price_per_kwh: 'day.price',
    export_price_ratio: 0,
    carbon_kg_per_kwh: 'day.carbon',
    carbon_price_per_kg: 0,
    approval: 'automatic',
  },
  transport: {
    gtfs: 'line.zip',
    vehicle_types: [{ id: 'bus', seats: places, standing: 0, accessible: 0, cost_per_hour: 12, cost_per_km: 0 }],
    depots: [{ id: 'depot', name: 'Depot', stop: stops[0] ?? '' }],
    // One for each departure.
    fleet: [{ prefix: 'bus', count: departures.length, type: 'bus', depot: 'depot' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 12, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 0,
    lines: [
      {
        id: 'L',
        rides: rides.map(({ from, to }) => ({
          from,
          to,
          group: 'visitors',
          count: { venue: from, point: pointOf(to) },
          share: 1,
        })),
      },
    ],
    approval: 'automatic',
  },
  gtfs: new Uint8Array(),
  sessions: { recording: 'day', entries: [] },
  recordings: new Map([
    [
      'day',
      {
        id: 'day',
        startCivil: 0,
        stepMs: HOUR_MS,
        rows: 24,
        columns: new Map(['price', 'carbon', 'people'].map((name) => [name, new Float64Array(24)])),
      },
    ],
  ]),
  devices: [],
  gateways: stops.map((stop) => ({
    id: `gw-${stop}`,
    venue: stop,
    points: rides
      .filter(({ from }) => from === stop)
      .map(({ to }) => ({
        id: pointOf(to),
        kind: 'count_out',
        unit: 'people',
        min: 0,
        max: 1000,
        interval_s: 60,
        recorded: { series: 'day.people', scale: 1, rule: 'spread' },
      })),
  })),
});

const feedOf = ({ stops, legMinutes, departures, headwayMinutes }: LineCase): Feed => {
  const [first = 0, last = 0] = [departures[0], departures.at(-1)];
  return {
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
          stops: stops.map((stop, index) => ({
            stop,
            arrivalS: index * legMinutes * 60,
            departureS: index * legMinutes * 60,
          })),
          headways: [{ startS: first * 60, endS: (last + 1) * 60, headwayS: headwayMinutes * 60 }],
        },
      ],
    ]),
    services: new Map([['daily', { calendar: undefined, added: new Set([midnight]), removed: new Set<number>() }]]),
    shapes: new Map(),
    transfers: [],
    info: undefined,
    otherFiles: new Map(),
  };
};

/** A day of our simulator by the timetable, with these people and nothing else by chance. */
export const runOurs = async (line: LineCase): Promise<LineResult> => {
  const solver = createSolver('highs');
  const calls: ShuttleCall[] = [];
  const people = (venue: string, point: string, minute: number): number => {
    const ride = line.rides.find(({ from, to }) => from === venue && pointOf(to) === point);
    return ride?.people[(minute - midnight) / MINUTE_MS] ?? 0;
  };
  try {
    const indicators = await runDay({
      scenario: {
        title: line.name,
        pack: 'line',
        day,
        seed: 1,
        replications: 1,
        mismatch: 0,
        overlays: [],
        policies: { timetable: { dispatch: 'timetable', energy: 'idle' } },
        baseline: 'timetable',
        cadence: { energy_minutes: 15, dispatch_minutes: 15 },
        effort: { moves: 0 },
      },
      pack: packOf(line),
      feed: feedOf(line),
      solver,
      policy: { dispatch: 'timetable', energy: 'idle' },
      world: { ...drawWorld(1, 0), people },
      hours: CASE_HOURS,
      onCall: (call) => calls.push(call),
    });
    return {
      calls: calls
        .toSorted((a, b) => a.departed_ms - b.departed_ms || a.at_ms - b.at_ms)
        .map(({ departed_ms, stop, alighted, boarded, left_behind }) => ({
          departure: (departed_ms - epochMs(midnight)) / MINUTE_MS,
          stop,
          alighted,
          boarded,
          left_behind,
        })),
      meanWaitS: indicators['mean_wait_s'] ?? NaN,
      unserved: indicators['unserved_passengers'] ?? NaN,
    };
  } finally {
    await solver.close();
  }
};
