import { describe, expect, it } from '@jest/globals';
import type { Pack, Point, Recording } from '#libs/games';
import { DAY_MS, epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { PackPoints } from '../points.js';
import { type History, readHistory } from './history-document.js';
import { historyRows, type HistoryStore, importHistory, openHistory } from './import-history.js';

const point = (id: string, kind: Point['kind'], column?: string): Point => ({
  id,
  kind,
  unit: 'kW',
  min: -1000,
  max: 1000,
  interval_s: 60,
  ...(column === undefined ? {} : { recorded: { series: `r.${column}`, scale: 2, rule: 'hold' } }),
});
const points = [
  point('load.active_power', 'load_power', 'load'),
  point('pv.active_power', 'pv_power', 'pv'),
  point('battery.active_power', 'battery_power'),
  point('battery.state_of_charge', 'battery_soc'),
  point('main.active_power', 'grid_power'),
];
const recording: Recording = {
  id: 'r',
  startCivil: 0,
  stepMs: HOUR_MS,
  rows: 168,
  columns: new Map([
    ['load', new Float64Array(168).fill(50)],
    ['pv', new Float64Array(168).fill(20)],
  ]),
};
const pack: Pack = {
  directory: '/',
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 1 },
  feeders: [{ id: 'f', name: 'F', limit_kw: 100 }],
  venues: [
    {
      id: 'hall',
      name: 'Hall',
      stop: '1',
      grid: { feeder: 'f', import_limit_kw: 100, export_limit_kw: 0 },
      battery: {
        capacity_kwh: 100,
        power_kw: 50,
        charge_efficiency: 1,
        discharge_efficiency: 1,
        soc_min_ratio: 0,
        soc_max_ratio: 1,
        initial_soc_ratio: 0.4,
        wear_cost_per_kwh: 0,
      },
    },
  ],
  energy: {
    import_price_per_kwh: 'r.load',
    export_price_ratio: 0,
    carbon_kg_per_kwh: 'r.pv',
    carbon_price_per_kg: 0,
    approval: 'automatic',
  },
  transport: {
    gtfs: 'x.zip',
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
  sessions: { recording: 'r', entries: [] },
  recordings: new Map([['r', recording]]),
  gateways: [{ id: 'gw', venue: 'hall', points }],
  devices: [],
};
const known = PackPoints.of(
  pack,
  points.map(({ id, kind, unit }, index) => ({ id: index + 1, venue: 'hall', gateway: 'gw', point: id, kind, unit })),
);

describe('historyRows', () => {
  it('replays what was recorded, with the battery at rest and the grid as load less PV', () => {
    const rows = [...historyRows(pack, known, epochMs(0), epochMs(2 * MINUTE_MS))];
    expect(rows.filter(({ ts }) => ts === MINUTE_MS).map(({ value }) => value)).toEqual([100, 40, 0, 0.4, 60]);
    expect(rows).toHaveLength(10);
  });

  it('makes up nothing for what is not recorded, nor for devices', () => {
    const sensor = point('room.temperature', 'sensor');
    const meter = point('meter.active_power', 'grid_power');
    const more: Pack = {
      ...pack,
      gateways: [{ id: 'gw', venue: 'hall', points: [...points, sensor] }],
      devices: [{ id: 'meter', venue: 'hall', profile: 'tasmota', topic: 't', points: [meter] }],
    };
    const rows = [...points, sensor, meter].map(({ id, kind, unit }, index) => ({
      id: index + 1,
      venue: 'hall',
      gateway: 'gw',
      point: id,
      kind,
      unit,
    }));
    const made = [...historyRows(more, PackPoints.of(more, rows), epochMs(0), epochMs(MINUTE_MS))];
    expect(made.map(({ pointId }) => pointId)).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives all minutes of a point before the next point', () => {
    const rows = [...historyRows(pack, known, epochMs(0), epochMs(2 * MINUTE_MS))];
    expect(rows.map(({ pointId }) => pointId)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(rows.map(({ ts }) => ts / MINUTE_MS)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });
});

/** An empty store in memory, which fails after so many calls where it is told to. */
const bench = (isEmpty = true, fails = Infinity) => {
  const written: number[] = [];
  let state: unknown;
  const told: (History | undefined)[] = [];
  const store: HistoryStore = {
    readings: {
      isEmpty: () => Promise.resolve(isEmpty),
      importHistory: async (rows, onProgress) => {
        if ((fails -= 1) < 0) throw new Error('the machine went down');
        const part: number[] = [];
        for await (const { ts } of rows) part.push(ts);
        onProgress?.(part.length);
        written.push(...part);
        return part.length;
      },
    },
    operations: {
      getState: () => Promise.resolve(state),
      putState: (_, document) => {
        state = document;
        told.push(readHistory(document));
        return Promise.resolve();
      },
    },
  };
  return { store, written, told };
};
const now = epochMs(4 * DAY_MS + 30_000);
const twoDays: Pack = { ...pack, games: { ...pack.games, history_days: 2 } };
const going = new AbortController().signal;

describe('history', () => {
  it('fills an empty store up to the last whole minute, day by day', async () => {
    const { store, written, told } = bench();
    const history = await openHistory(store, twoDays, now);
    if (!history) throw new Error('nothing to import');
    expect(await importHistory(store, twoDays, known, history, going)).toBe(5 * 2 * 24 * 60);
    expect([Math.min(...written), Math.max(...written)]).toEqual([2 * DAY_MS, 4 * DAY_MS - MINUTE_MS]);
    expect(told.map((one) => one?.done_ratio)).toEqual([0, 0.5, 1]);
    expect(await openHistory(store, twoDays, epochMs(9 * DAY_MS))).toBeUndefined();
  });

  it('leaves a store alone that holds anything', async () => {
    expect(await openHistory(bench(false).store, pack, now)).toBeUndefined();
  });

  it('goes on after the last whole day when it broke off, though gateways have written since', async () => {
    const { store, written } = bench(true, 1);
    const begun = await openHistory(store, twoDays, now);
    if (!begun) throw new Error('nothing to import');
    await expect(importHistory(store, twoDays, known, begun, going)).rejects.toThrow('the machine went down');
    expect(written).toHaveLength(5 * 24 * 60);
    const after: HistoryStore = { ...bench(false).store, operations: store.operations };
    expect(await openHistory(after, twoDays, epochMs(5 * DAY_MS))).toMatchObject({
      until_ms: 3 * DAY_MS,
      to_ms: 4 * DAY_MS,
    });
  });

  it('stops when it is told to', async () => {
    const { store } = bench();
    const history = await openHistory(store, twoDays, now);
    if (!history) throw new Error('nothing to import');
    await expect(importHistory(store, twoDays, known, history, AbortSignal.abort())).rejects.toThrow('abort');
  });
});

describe('PackPoints', () => {
  it('refuses a point that the store does not know', () => {
    expect(() => PackPoints.of(pack, [])).toThrow('Register the pack first');
  });
});
