import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import { buildPatternPath, type Pattern } from '#libs/transport';
import { Bus } from './bus.js';
import type { Riders } from './riders.js';
import { driveTrip, progressAt, receive } from './vehicle-drive.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const stops = { a: { lat: 46.5, lon: 12.1 }, b: { lat: 46.51, lon: 12.1 }, c: { lat: 46.52, lon: 12.1 } };
const pattern: Pattern = {
  id: 'L-1',
  line: 'L',
  stops: [
    { stop: 'a', offsetS: 0 },
    { stop: 'b', offsetS: 300 },
    { stop: 'c', offsetS: 600 },
  ],
  trips: [],
};
const orders = (...departs: readonly number[]) => ({
  plan: 'd-1',
  seq: 1,
  issued: 0,
  valid_until: at(600),
  trips: departs.map((minutes) => ({ line: 'L', pattern: 'L-1', departs: at(minutes) })),
});
const path = buildPatternPath({
  pattern: 'L-1',
  line: 'L',
  stops: Object.entries(stops).map(([stop, place]) => ({ stop, ...place })),
});

/** Seven board at the first stop for the last, as far as there are places. */
const riders: Pick<Riders, 'board'> = {
  board: (_pattern, call, places) => new Map(call === 0 ? [[2, Math.min(7, places)]] : []),
};
const busOf = (places = 50) =>
  new Bus({
    home: 'a',
    places,
    streets: {
      patterns: new Map([['L-1', pattern]]),
      pathOf: () => path,
      positionOf: (stop) => stops[stop as keyof typeof stops],
    },
    riders: riders as Riders,
    random: seededRandom(7),
  });

describe('driveTrip', () => {
  it('never leaves early, goes forward only, and is near the timetable over many trips', () => {
    const random = seededRandom(1);
    const late = Array.from({ length: 500 }, () => {
      const { calls } = driveTrip('t', pattern, 0, random);
      expect(calls[0]).toEqual({ arrives: 0, leaves: 0 });
      calls.slice(1).forEach(({ arrives, leaves }, index) => {
        expect(arrives).toBeGreaterThan(calls[index]?.leaves ?? 0);
        expect(leaves).toBeGreaterThan(arrives);
      });
      return (calls[2]?.leaves ?? 0) - 600_000;
    });
    expect(Math.abs(late.reduce((sum, ms) => sum + ms, 0) / late.length)).toBeLessThan(30_000);
    expect(Math.max(...late)).toBeGreaterThan(60_000);
  });

  it('is nowhere before its departure, and at its last stop after it', () => {
    const drive = driveTrip('t', pattern, 1_000, seededRandom(1));
    expect(progressAt(drive, 999)).toBeUndefined();
    expect(progressAt(drive, 1_000)).toEqual({ call: 0, share: 0 });
    expect(progressAt(drive, 2_000_000)).toEqual({ call: 2, share: 0 });
  });
});

describe('receive', () => {
  it('is off by some metres, not by streets', () => {
    const random = seededRandom(1);
    const off = Array.from({ length: 200 }, () => receive(stops.a, random)).map(({ lat, lon }) =>
      Math.hypot((lat - 46.5) * 111_195, (lon - 12.1) * 111_195 * Math.cos((46.5 * Math.PI) / 180)),
    );
    expect(Math.max(...off)).toBeLessThan(12);
    expect(off.reduce((sum, metres) => sum + metres, 0) / off.length).toBeGreaterThan(2);
  });
});

describe('Bus', () => {
  it('stands at home without orders and before its trip', () => {
    const bus = busOf();
    expect(bus.move(undefined, at(0))).toMatchObject({ speed_mps: 0, occupancy: 0 });
    expect(bus.move(orders(10), at(9))).not.toHaveProperty('trip');
  });

  it('drives its trip with those who fit in, and stands where it ended', () => {
    const bus = busOf(5);
    expect(bus.move(orders(10), at(13))).toMatchObject({ trip: `L-1@${at(10)}`, occupancy: 5 });
    const ended = bus.move(orders(10), at(40));
    expect(ended).toMatchObject({ occupancy: 0, speed_mps: 0 });
    expect(ended?.lat).toBeCloseTo(46.52, 3);
  });

  it('ends a trip before it begins the next one, also when the next was due before', () => {
    const bus = busOf();
    bus.move(orders(10, 15), at(11));
    expect(bus.move(orders(10, 15), at(16))?.trip).toBe(`L-1@${at(10)}`);
    const trips = Array.from({ length: 30 }, (_, minute) => bus.move(orders(10, 15), at(17 + minute))?.trip);
    expect(new Set(trips)).toEqual(new Set([`L-1@${at(10)}`, undefined, `L-1@${at(15)}`]));
  });

  it('forgets a trip that was to leave more than an hour ago', () => {
    expect(busOf().move(orders(10), at(71))).not.toHaveProperty('trip');
  });

  it('is where the timetable had it when it hears its first orders: on its way, or where its last trip ended', () => {
    expect(busOf().move(orders(10), at(14))).toMatchObject({ trip: `L-1@${at(10)}` });
    for (const minute of [40, 200]) {
      const bus = busOf();
      expect(bus.move(orders(10), at(minute))?.lat).toBeCloseTo(46.52, 3);
    }
  });
});
