import { expect, it } from '@jest/globals';
import type { Pack, Point } from '#libs/games';
import { type EpochMs, epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { PackPoints } from '../points.js';
import { MonthPeaks } from './month-peaks.js';

const terms = { feeder: 'north', import_limit_kw: 100, export_limit_kw: 0 };
const pack: Pick<Pack, 'games' | 'feeders' | 'venues'> = {
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 0 },
  feeders: [
    { id: 'station', name: 'Station', limit_kw: 500, peak_price_per_kw_month: 10 },
    { id: 'north', name: 'North', limit_kw: 180, parent: 'station' },
  ],
  venues: [
    { id: 'hall', name: 'Hall', stop: '1', grid: { ...terms, peak_price_per_kw_month: 5 } },
    { id: 'rink', name: 'Rink', stop: '2', grid: terms },
  ],
};
const meter: Point = { id: 'main.x', kind: 'grid_power', unit: 'kW', min: -999, max: 999, interval_s: 60 };
const points = PackPoints.of(
  { devices: [], gateways: ['hall', 'rink'].map((venue) => ({ id: `gw-${venue}`, venue, points: [meter] })) },
  ['hall', 'rink'].map((venue, id) => ({
    id,
    venue,
    gateway: `gw-${venue}`,
    point: meter.id,
    kind: 'grid_power',
    unit: 'kW',
  })),
);
const MONTH = Date.UTC(2026, 1, 1);
/** kW of hall and rink in quarter hours, by hours from the beginning of February. */
const measured: readonly (readonly [hour: number, hall: number, rink: number])[] = [
  [-24 * 32, 99, 99],
  [-24, 80, 10],
  [1, 50, 20],
  [2, 10, 65],
  [5, 90, 90],
];

it('is the highest quarter hour of the month, and of the last 31 days, of what hangs on a feeder together', async () => {
  const asked: EpochMs[] = [];
  const series = (point: number, from: EpochMs, to: EpochMs) => {
    asked.push(from);
    const steps = measured.map(([hour, ...kw]) => ({
      ts: epochMs(MONTH + hour * HOUR_MS),
      sum: 15 * (kw[point] ?? 0),
      count: 15,
    }));
    return Promise.resolve(
      steps.filter(({ ts }) => ts >= from && ts < to).map((step) => ({ ...step, min: 0, max: 0, last: 0 })),
    );
  };
  const peaks = new MonthPeaks(pack, points, { series });
  const at = (hour: number) => peaks.load(epochMs(MONTH + hour * HOUR_MS + MINUTE_MS));
  expect(await at(4)).toEqual(
    new Map([
      ['hall', { month_kw: 50, usual_kw: 80 }],
      ['station', { month_kw: 75, usual_kw: 90 }],
    ]),
  );
  expect((await at(6)).get('station')).toEqual({ month_kw: 180, usual_kw: 180 });
  // The second time from two hours before what was read.
  expect(asked.at(-1)).toBe(MONTH + 2 * HOUR_MS);
});

it('counts a venue where its switch stood in each quarter hour', async () => {
  const switched = {
    ...{ id: 'transfer', connections: ['hall', 'hall-b'], point: 'transfer.position' },
    ...{ operation_cost: 0, most_operations: 1 },
  };
  const hall = {
    ...{ id: 'hall', name: 'Hall', stop: '1', grid: terms, switches: [switched] },
    connections: [{ ...terms, id: 'hall-b', feeder: 'south' }],
  };
  const feeders = ['north', 'south'].map((id) => ({ id, name: id, limit_kw: 180, peak_price_per_kw_month: 10 }));
  const position: Point = { ...meter, id: switched.point, kind: 'switch_position', unit: 'position', min: 0, max: 2 };
  const known = PackPoints.of(
    { devices: [], gateways: [{ id: 'gw', venue: 'hall', points: [meter, position] }] },
    [meter, position].map(({ id: point, kind, unit }, id) => ({ id, venue: 'hall', gateway: 'gw', point, kind, unit })),
  );
  // 50 kW on the north feeder, then 80 on the south one.
  const values = [
    [50, 80],
    [1, 2],
  ];
  const series = (point: number) =>
    Promise.resolve(
      [1, 2].map((hour, at) => {
        const value = values[point]?.[at] ?? 0;
        return { ts: epochMs(MONTH + hour * HOUR_MS), sum: 15 * value, count: 15, min: 0, max: 0, last: 0 };
      }),
    );
  const peaks = new MonthPeaks({ ...pack, feeders, venues: [hall] }, known, { series });
  expect(await peaks.load(epochMs(MONTH + 4 * HOUR_MS))).toEqual(
    new Map([
      ['north', { month_kw: 50, usual_kw: 50 }],
      ['south', { month_kw: 80, usual_kw: 80 }],
    ]),
  );
});
