import { HOUR_MS } from '#libs/kernel';

import { getCivil } from './civil.js';
import type { Pack } from './pack.js';
import type { SessionEntry } from './schema.js';

const ROWS = 7 * 48;

/** Two venues on one feeder, one line, and one week of half hours from Sunday, 24 July 2005: row r has load r and r % 7 people. */
export const tinyPack = (sessions: readonly SessionEntry[] = []): Pack => {
  const venue = (id: string, stop: string) => ({
    id,
    name: id,
    stop,
    grid: { feeder: 'north', import_limit_kw: 100, export_limit_kw: 0 },
  });
  return {
    directory: '/tiny',
    games: {
      id: 'tiny',
      name: 'Tiny',
      version: '1',
      time_zone: 'America/New_York',
      currency: 'USD',
      history_days: 0,
    },
    feeders: [{ id: 'north', name: 'North', limit_kw: 150 }],
    venues: [venue('hall', '1'), venue('field', '2')],
    energy: {
      import_price_per_kwh: 'week.load',
      export_price_ratio: 0,
      carbon_kg_per_kwh: 'week.load',
      carbon_price_per_kg: 0,
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
      lines: [{ id: 'A', rides: [] }],
      approval: 'automatic',
    },
    gtfs: new Uint8Array(),
    sessions: { recording: 'week', entries: sessions },
    recordings: new Map([
      [
        'week',
        {
          id: 'week',
          startCivil: getCivil('2005-07-24T00:00'),
          stepMs: HOUR_MS / 2,
          rows: ROWS,
          columns: new Map([
            ['load', Float64Array.from({ length: ROWS }, (_, row) => row)],
            ['people', Float64Array.from({ length: ROWS }, (_, row) => row % 7)],
          ]),
        },
      ],
    ]),
    gateways: [],
    devices: [],
  };
};
