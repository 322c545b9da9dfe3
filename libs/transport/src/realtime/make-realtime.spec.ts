import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { dayFeed } from '../day-feed/day-feed.js';
import { nextEdition } from '../day-feed/edition.js';
import { planTrips } from '../day-feed/plan-trips.js';
import { openTimetable } from '../day-feed/timetable.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import type { Departure } from '../problem/plan.js';
import { checkRealtime } from './check/check-realtime.js';
import type { RealtimeFeed, TripPrediction, VehicleLocation } from './contract.js';
import { decodeRealtime } from './decode-realtime.js';
import { encodeRealtime } from './encode-realtime.js';
import { makeRealtime, type RealtimeFeeds } from './make-realtime.js';
import { openNetwork } from './network.js';

const read = (zip: Uint8Array) => {
  const feed = readGtfs(zip);
  if (!feed.ok) throw new Error('The feed has faults.');
  return feed.value;
};

/** Loop L over a, b, c and a, 15 minutes, leaves at 7:00, 7:20, ... 8:20 on weekdays. */
const timetable = openTimetable(
  read(zipFeed({ 'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nl1,7:00:00,8:40:00,1200\n' })),
  'Europe/Rome',
);
/** Minutes after 7 o'clock in Rome on Friday, 7 February 2020. */
const at = (minutes: number): number => Date.UTC(2020, 1, 7) + 6 * HOUR_MS + minutes * MINUTE_MS;
const departure = (minutes: number, vehicle = 'bus-01'): Departure => ({
  line: 'L',
  pattern: 'L-1',
  departs_ms: at(minutes),
  vehicle,
});
const edition = nextEdition(
  { timetable, packVersion: '1', now: epochMs(at(-60)), departures: [departure(0)] },
  undefined,
);
const schedule = dayFeed(timetable, edition);

interface Moment {
  readonly minute: number;
  readonly departures: readonly Departure[];
  readonly locations?: readonly VehicleLocation[];
  readonly predictions?: readonly TripPrediction[];
  /** Minutes that the clock has run on since anything was heard. */
  readonly silence?: number;
}

const make = ({ minute, departures, locations = [], predictions = [], silence = 0 }: Moment): RealtimeFeeds => {
  const now = epochMs(at(minute));
  return makeRealtime({
    trips: planTrips({ edition, timetable, now, departures, isCovered: (_line, time) => time < at(65) }),
    locations,
    predictions,
    alerts: [],
    capacities: new Map([['bus-01', { seats: 20, standing: 10 }]]),
    network: openNetwork(timetable.feed),
    lineName: (line) => `Line ${line}`,
    now,
    clock: now + silence * MINUTE_MS,
  });
};

const located = (minute: number, more: Partial<VehicleLocation> = {}): VehicleLocation => ({
  vehicle: 'bus-01',
  ts: at(minute),
  lat: 46.55,
  lon: 12.15,
  ...more,
});

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error';

describe('the feed of trips', () => {
  const minutesOf = ({ tripUpdates }: RealtimeFeeds) =>
    tripUpdates.trips.map(({ id, trip, stops }) => [
      id.slice(-6),
      trip.relation,
      ...stops.map(({ arrival }) => ((arrival?.at_ms ?? 0) - at(0)) / MINUTE_MS),
    ]);

  it('has what runs with the stops ahead, what does not, and what is extra with all its stops', () => {
    expect(minutesOf(make({ minute: 6, departures: [departure(0), departure(24, 'bus-02'), departure(35)] }))).toEqual([
      ['070000', 'scheduled', 10, 15],
      ['072000', 'scheduled', 24, 29, 34, 39],
      ['073500', 'added', 35, 40, 45, 50],
      ['074000', 'canceled'],
      ['080000', 'canceled'],
    ]);
  });

  it('says delays of what was announced, and none of what was not', () => {
    const { trips } = make({ minute: 6, departures: [departure(24), departure(35)] }).tripUpdates;
    expect(trips.map(({ stops }) => stops[0]?.departure?.delay_s)).toEqual([
      undefined,
      240,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes what is predicted, and after it the plan as late as that', () => {
    const prediction: TripPrediction = {
      departure: departure(0),
      ts: at(5.5),
      stops: [
        { stop_sequence: 2, stop: 'b', arrives_ms: at(7), low_ms: at(6), high_ms: at(9) },
        { stop_sequence: 3, stop: 'c', arrives_ms: at(13) },
      ],
    };
    const [trip] = make({ minute: 6, departures: [departure(0)], predictions: [prediction] }).tripUpdates.trips;
    expect(trip?.ts).toBe(at(5.5));
    expect(trip?.stops.map(({ stop_sequence, arrival }) => [stop_sequence, arrival])).toEqual([
      [2, { at_ms: at(7), delay_s: 120, uncertainty_s: 90 }],
      [3, { at_ms: at(13), delay_s: 180 }],
      [4, { at_ms: at(18), delay_s: 180 }],
    ]);
  });

  it('does not believe that a vehicle was where it has not been', () => {
    const locations = [located(8, { departure: departure(0), next_stop_sequence: 2 })];
    expect(minutesOf(make({ minute: 8, departures: [departure(0)], locations })).slice(0, 1)).toEqual([
      ['070000', 'scheduled', 8, 13, 18],
    ]);
  });

  it('names the vehicle of what is under way, once', () => {
    const { trips } = make({ minute: 6, departures: [departure(0), departure(5), departure(20)] }).tripUpdates;
    expect(trips.map(({ id, vehicle }) => [id.slice(-6), vehicle]).slice(0, 3)).toEqual([
      ['070000', undefined],
      ['070500', 'bus-01'],
      ['072000', undefined],
    ]);
  });
});

describe('the feed of vehicles', () => {
  it('has position, trip, stop and occupancy', () => {
    const locations = [
      located(5, {
        bearing: -90,
        speed_mps: 8,
        departure: departure(0),
        next_stop_sequence: 2,
        at_stop: true,
        aboard: 24,
      }),
    ];
    expect(make({ minute: 6, departures: [departure(0)], locations }).vehiclePositions.vehicles).toEqual([
      {
        id: 'bus-01',
        vehicle: 'bus-01',
        label: 'bus-01',
        trip: {
          trip: '20200207-L-1-070000',
          line: 'L',
          start_date: '20200207',
          start_time: '07:00:00',
          relation: 'scheduled',
        },
        ts: at(5),
        position: { lat: 46.55, lon: 12.15, bearing: 270, speed_mps: 8 },
        stop: 'b',
        stop_sequence: 2,
        status: 'stopped_at',
        occupancy: 'standing_room_only',
        occupancy_percent: 80,
      },
    ]);
  });

  it.each([
    ['who has not found itself', { lat: 0, lon: 0 }],
    ['who is far away', { lat: 45 }],
    ['who is no place on earth', { lat: Number.NaN }],
    ['who was silent for five minutes', { ts: at(1) }],
    ['who speaks of the future', { ts: at(7) }],
  ])('leaves out %s', (_what, more) => {
    expect(make({ minute: 6, departures: [], locations: [located(6, more)] }).vehiclePositions.vehicles).toEqual([]);
  });

  it('keeps its time while nothing is heard, and says when the last vehicle was given up', () => {
    const moment = { minute: 6, departures: [], locations: [located(5)] };
    const feedAfter = (silence: number) => make({ ...moment, silence }).vehiclePositions;
    expect([feedAfter(3).ts, feedAfter(3).vehicles.length]).toEqual([at(6), 1]);
    expect([feedAfter(30).ts, feedAfter(30).vehicles.length]).toEqual([at(10), 0]);
  });
});

describe('the feed of alerts', () => {
  it('tells in four languages what does not run and what is extra', () => {
    const { alerts } = make({ minute: 6, departures: [departure(20), departure(35)] }).alerts;
    expect(alerts.map(({ id, effect, informs, header }) => [id, effect, informs.length, header[0]?.text])).toEqual([
      ['canceled-L', 'reduced_service', 3, 'Line L: 3 departures are cancelled'],
      ['added-L', 'additional_service', 1, 'Line L: an extra departure'],
    ]);
    expect(alerts[0]?.description[0]).toEqual({ language: 'en', text: 'Not running: 07:00, 07:40, 08:00.' });
    expect(alerts[0]?.header.map(({ language }) => language)).toEqual(['en', 'fr', 'de', 'it']);
  });

  it('says when nothing runs', () => {
    expect(make({ minute: 16, departures: [] }).alerts.alerts.map(({ effect }) => effect)).toEqual(['no_service']);
  });
});

describe('random days', () => {
  const minute = fc.integer({ min: -10, max: 90 });
  const vehicle = fc.constantFrom('bus-01', 'bus-02', 'bus-03');
  const departures = fc.array(
    fc.record({ minutes: minute, vehicle }).map(({ minutes, vehicle: name }) => departure(minutes, name)),
    { maxLength: 12 },
  );
  const location = fc.record({
    vehicle,
    ts: fc.integer({ min: -10, max: 100 }).map(at),
    lat: fc.double({ min: 46, max: 47, noNaN: true }),
    lon: fc.double({ min: 11.5, max: 12.8, noNaN: true }),
    bearing: fc.integer({ min: -720, max: 720 }),
    speed_mps: fc.integer({ min: 0, max: 25 }),
    next_stop_sequence: fc.integer({ min: 1, max: 4 }),
    aboard: fc.nat(60),
  });
  const decoded = (feed: RealtimeFeed): RealtimeFeed => {
    const result = decodeRealtime(encodeRealtime(feed));
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };

  it('give feeds without an error, one after the other, that agree', () => {
    fc.assert(
      fc.property(
        minute,
        fc.nat(3),
        departures,
        departures,
        fc.array(location, { maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(11), fc.integer({ min: -300, max: 900 }), fc.integer({ min: 1, max: 4 })), {
          maxLength: 6,
        }),
        (first, later, before, after, places, wishes) => {
          const at2 = first + later;
          const locations = places.map((place, index): VehicleLocation => {
            const driven = after[index];
            return driven && index % 2 === 0 ? { ...place, vehicle: driven.vehicle, departure: driven } : place;
          });
          const predictions = wishes.flatMap(([index, late, from]): readonly TripPrediction[] => {
            const driven = after[index];
            if (!driven) return [];
            const stops = ['a', 'b', 'c', 'a'].map((stop, order) => ({
              stop_sequence: order + 1,
              stop,
              arrives_ms: driven.departs_ms + order * 200_000 + late * 1000,
              low_ms: driven.departs_ms,
              high_ms: driven.departs_ms + 900_000,
            }));
            return [{ departure: driven, ts: at(at2), stops: stops.slice(from - 1) }];
          });
          const one = make({ minute: first, departures: before });
          const two = make({ minute: at2, departures: after, locations, predictions });
          const now = at(at2);
          const context = { feed: schedule, now };
          const trips = decoded(two.tripUpdates);
          const findings = [
            ...checkRealtime(trips, { ...context, previous: decoded(one.tripUpdates) }),
            ...checkRealtime(decoded(two.vehiclePositions), {
              ...context,
              beside: trips,
              previous: decoded(one.vehiclePositions),
            }),
            ...checkRealtime(decoded(two.alerts), { ...context, previous: decoded(one.alerts) }),
          ];
          // A repeated moment with another plan is no iteration of the same feed.
          const expected = later === 0 ? new Set(['E017']) : new Set<string>();
          expect(findings.filter((one) => isError(one) && !expected.has(one.rule))).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });
});
