import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import type { Feed, PositionReport } from '#libs/transport';
import type { StoredDispatchPlan } from '../control/dispatch/departure-desk.js';
import { LiveDesk, type LiveDeskParts } from './live-desk.js';

const NOW = epochMs(Date.UTC(2026, 1, 6, 12));
const at = (minutes: number) => epochMs(NOW + minutes * MINUTE_MS);

/** Line A goes east for 18 km at 10 m/s, past four stops. */
const STOPS = ['s0', 's1', 's2', 's3'].map((stop, index) => ({ stop, metres: 6_000 * index, offsetS: 600 * index }));
const placeAt = (metres: number) => ({ lat: 0.5, lon: 10 + metres / 111_190 });
const feed: Feed = {
  agencies: [],
  stops: new Map(
    STOPS.map(({ stop, metres }) => [
      stop,
      { stop_id: stop, stop_name: stop, stop_lat: placeAt(metres).lat, stop_lon: placeAt(metres).lon },
    ]),
  ),
  lines: new Map(),
  trips: new Map([
    [
      'a1',
      {
        id: 'a1',
        line: 'A',
        service: 'daily',
        stops: STOPS.map(({ stop, offsetS }) => ({ stop, arrivalS: offsetS, departureS: offsetS })),
        headways: [],
      },
    ],
  ]),
  services: new Map(),
  shapes: new Map(),
  transfers: [],
  info: undefined,
  otherFiles: new Map(),
};
const packOf = (more: Partial<Pack['transport']> = {}, boarding_s?: number): Pack =>
  ({
    games: { time_zone: 'UTC' },
    transport: {
      vehicle_types: [{ id: 'bus', seats: 30, standing: 10, ...(boarding_s !== undefined && { boarding_s }) }],
      fleet: [{ prefix: 'bus', count: 4, type: 'bus', depot: 'yard' }],
      layover_s: 300,
      ...more,
    },
  }) as unknown as Pack;

/** `people` wait at s1 for the departure of bus-01 now. */
const planOf = (people: number): StoredDispatchPlan =>
  ({
    id: `plan-${people}`,
    problem: {
      grid: { start: NOW, slotMs: 5 * MINUTE_MS, count: 12 },
      patterns: [
        { line: 'A', pattern: 'A-1', stops: STOPS.map(({ stop }, index) => ({ stop, offset_slots: 2 * index })) },
      ],
      rides: [{ line: 'A', from_stop: 's1', to_stop: 's3' }],
      under_way: [],
    },
    content: {
      departures: [{ line: 'A', pattern: 'A-1', vehicle: 'bus-01', departs_ms: NOW }],
      boardings: [{ ride: 0, pattern: 'A-1', slot: 0, people }],
    },
  }) as unknown as StoredDispatchPlan;

interface Seen {
  readonly vehicle: string;
  readonly left: number;
  readonly metres: number;
}

/** One look of a desk at vehicles that left some minutes ago and are so far along; more leave every ten minutes. */
const look = async (pack: Pack, seen: readonly Seen[], active?: StoredDispatchPlan) => {
  const reports = [60, 30, 0].flatMap((ago) =>
    seen.map(({ vehicle, metres }): PositionReport => {
      const place = placeAt(Math.max(0, metres - 10 * ago));
      return { vehicle, ts: NOW - ago * 1000, ...place, bearing: 90, speed_mps: 10, trip: null, occupancy: 5 };
    }),
  );
  const parts = {
    pack,
    feed,
    metrics: new Metrics(),
    store: {
      positions: { between: () => Promise.resolve(reports) },
      operations: {
        getState: () => Promise.resolve(undefined),
        putState: () => Promise.resolve(),
        listOverrides: () => Promise.resolve([]),
      },
      plans: { nextSeq: () => Promise.resolve(1) },
    },
    link: { publish: () => Promise.resolve(true) },
    dispatch: { findActive: () => Promise.resolve(active) },
    departures: {
      recent: seen.map(({ vehicle, left }) => ({
        line: 'A',
        pattern: 'A-1',
        vehicle,
        departs: at(-left),
        plan: 'p',
      })),
      upcoming: () => ({
        departures: [10, 20].map((minutes) => ({
          line: 'A',
          pattern: 'A-1',
          vehicle: 'bus-04',
          departs_ms: at(minutes),
        })),
        dropped: [],
      }),
    },
  } as unknown as LiveDeskParts;
  const desk = await LiveDesk.start(parts);
  await desk.run(NOW, 1);
  return desk.picture;
};

describe('LiveDesk', () => {
  it('expects calls to take as long as the people whom the plan has board there', async () => {
    const arrivalAt = async (people: number, boarding_s?: number): Promise<number> => {
      const picture = await look(packOf({}, boarding_s), [{ vehicle: 'bus-01', left: 0, metres: 600 }], planOf(people));
      const trip = picture?.predictions.find(({ departure }) => departure.departs_ms === NOW);
      return trip?.stops.find(({ stop }) => stop === 's2')?.arrives_ms ?? NaN;
    };
    const none = await arrivalAt(0);
    expect((await arrivalAt(20)) - none).toBe(50_000);
    expect((await arrivalAt(20, 4)) - none).toBe(80_000);
  });

  it('holds no more vehicles at a stop than the pack has bays there', async () => {
    const close = [
      { vehicle: 'bus-01', left: 20, metres: 11_400 },
      { vehicle: 'bus-02', left: 15, metres: 10_800 },
      { vehicle: 'bus-03', left: 10, metres: 9_000 },
    ];
    const held = async (bays: number): Promise<readonly string[]> => {
      const picture = await look(packOf({ bays: [{ stop: 's2', bays }] }), close);
      return (picture?.vehicles ?? []).flatMap(({ vehicle, advice }) =>
        advice?.action === 'hold' && advice.stop === 's2' ? [vehicle] : [],
      );
    };
    expect(await held(3)).toEqual(['bus-02', 'bus-03']);
    expect(await held(1)).toEqual(['bus-03']);
  });
});
