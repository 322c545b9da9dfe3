import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '#libs/kernel';
import { circuit, driveCalls, fixAt } from './driven-trip.fixture.js';
import { followVehicle, type PositionReport, type VehicleState } from './follow-vehicle.js';
import { LegTimes } from './leg-times.js';
import type { OrderedTrip } from './trip-plan.js';

const DEPARTS = 1_767_700_000_000;
const pattern = circuit();
const calls = driveCalls(pattern, { departs_ms: DEPARTS, ratioOf: () => 1, dwellOf: () => 15 });
const random = seededRandom(1);
const order = (minutes: number): OrderedTrip => ({
  line: 'A',
  pattern: 'A-1',
  departs_ms: DEPARTS + minutes * 60_000,
  vehicle: 'bus-1',
});

const report = (seconds: number, trip: string | null = null): PositionReport => {
  const { bearing = null, speed_mps = null, ...fix } = fixAt(pattern, calls, DEPARTS + seconds * 1000, 0, random);
  return { vehicle: 'bus-1', ...fix, bearing, speed_mps, trip, occupancy: null };
};
const follow = (
  state: VehicleState | undefined,
  one: PositionReport,
  orders: readonly OrderedTrip[] = [order(0), order(40)],
) =>
  followVehicle(state, one, {
    now: one.ts,
    aheadMs: 60_000,
    orders,
    patternOf: (name) => (name === 'A-1' ? pattern : undefined),
    legTimes: new LegTimes(),
    hourOf: () => 8,
  });
const followAll = (seconds: readonly number[], trip: string | null = null, orders?: readonly OrderedTrip[]) =>
  seconds.reduce<VehicleState | undefined>((state, s) => follow(state, report(s, trip), orders).state, undefined);

describe('followVehicle', () => {
  it('puts a vehicle on the trip that it was told to drive', () => {
    expect(followAll([0, 10, 20, 30])?.trip).toMatchObject({ trip: order(0), isOrdered: true, isDone: false });
  });

  it('believes what the vehicle says that it drives, ordered or not', () => {
    expect(followAll([0, 10], `A-1@${DEPARTS}`)?.trip).toMatchObject({ isOrdered: true });
    expect(followAll([0, 10], `A-1@${DEPARTS - 600_000}`)?.trip).toMatchObject({ isOrdered: false });
    expect(followAll([0, 10], `B-9@${DEPARTS}`)?.trip).toBeUndefined();
  });

  it('stays on a late trip until its end, though the next one is due', () => {
    const soon = [order(0), order(5)];
    const state = followAll([0, 100, 200, 300, 400], null, soon);
    expect(state?.trip?.trip).toEqual(order(0));
  });

  it('knows when it left, also when it was first seen on the way', () => {
    const seen = followAll([0, 5, 10, 15, 20])?.trip?.left_ms ?? 0;
    expect(Math.abs(seen - DEPARTS) / 1000).toBeLessThan(6);
    const late = followAll([200, 210])?.trip?.left_ms ?? 0;
    expect(Math.abs(late - DEPARTS) / 1000).toBeLessThan(60);
  });

  it('counts how long it has been standing', () => {
    const first = report(50);
    const state = [0, 60, 120].reduce<VehicleState | undefined>(
      (known, s) => follow(known, { ...first, ts: first.ts + s * 1000, speed_mps: 0 }).state,
      undefined,
    );
    expect(state?.standing).toMatchObject({ since_ms: first.ts, positions: 3 });
    expect(state?.interval_s).toBe(60);
  });

  it('tells which stops it passed', () => {
    const arrives = ((calls[1]?.arrives_ms ?? 0) - DEPARTS) / 1000;
    const passages: string[] = [];
    let state: VehicleState | undefined;
    for (let s = 0; s < arrives + 40; s += 5) {
      const followed = follow(state, report(s));
      state = followed.state;
      passages.push(...followed.passages.map(({ kind, stop }) => `${kind} ${stop}`));
    }
    expect(passages).toEqual(['departure 0', 'arrival 1', 'departure 1']);
  });

  it('changes nothing for what comes late', () => {
    const state = followAll([0, 10, 20]);
    expect(follow(state, report(15))).toEqual({ state, passages: [], outcome: 'refused' });
  });
});
