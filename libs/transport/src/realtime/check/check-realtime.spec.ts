import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readGtfs } from '../../gtfs/read-gtfs.js';
import { zipFeed } from '../../gtfs/tiny-feed.fixture.js';
import type { RealtimeFeed, ServiceAlert, TripUpdate, VehicleReport } from '../contract.js';
import { decodeRealtime } from '../decode-realtime.js';
import { emptyFeed, NOON } from '../realtime-feed.fixture.js';
import { checkRealtime, type RealtimeContext } from './check-realtime.js';

const read = (zip: Uint8Array) => {
  const feed = readGtfs(zip);
  if (!feed.ok) throw new Error('The feed has faults.');
  return feed.value;
};

/** Trip l2 of line L runs once over a, b, c and a at 9:00, 9:06, 9:12 and 9:18; l1 is headway service; n1 starts at 25:10. */
const feed = read(zipFeed());
const base: RealtimeContext = { feed, now: NOON };

const rulesOf = (message: Partial<RealtimeFeed>, context: Partial<RealtimeContext> = {}): readonly string[] => [
  ...new Set(checkRealtime({ ...emptyFeed, ...message }, { ...base, ...context }).map(({ rule }) => rule)),
];

const at = (minutes: number) => ({ at_ms: NOON + minutes * 60_000 });
const trip: TripUpdate = {
  id: 't',
  trip: { trip: 'l2', line: 'L', start_date: '20260207', start_time: '09:00:00', relation: 'scheduled' },
  vehicle: 'v',
  ts: NOON,
  stops: [
    { stop_sequence: 1, stop: 'a', arrival: at(0), departure: at(1), relation: 'scheduled' },
    { stop_sequence: 2, stop: 'b', arrival: at(6), relation: 'scheduled' },
    { stop_sequence: 3, stop: 'c', arrival: at(12), relation: 'scheduled' },
  ],
};
const [first, second] = trip.stops;
if (!first || !second) throw new Error('The trip has stops.');
const vehicle: VehicleReport = { id: 'v', vehicle: 'v', ts: NOON, position: { lat: 46.55, lon: 12.15 } };
const alert: ServiceAlert = { id: 'x', periods: [], informs: [{ line: 'L' }], header: [], description: [] };

const withTrip = (change: Partial<TripUpdate['trip']>) => ({ trips: [{ ...trip, trip: { ...trip.trip, ...change } }] });
const withStops = (...stops: TripUpdate['stops']) => ({ trips: [{ ...trip, stops }] });
const withPosition = (change: Partial<NonNullable<VehicleReport['position']>>) => ({
  vehicles: [{ ...vehicle, position: { lat: 46.55, lon: 12.15, ...change } }],
});
const withInformed = (...informs: ServiceAlert['informs']) => ({ alerts: [{ ...alert, informs }] });
const without = <T extends object, Key extends keyof T>(value: T, key: Key): Omit<T, Key> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Omit<T, Key>;

/** Without what is undefined. */
const defined = (value: object): unknown => JSON.parse(JSON.stringify(value));

describe('checkRealtime', () => {
  it('finds nothing wrong with what is right', () => {
    expect(rulesOf({ trips: [trip], vehicles: [vehicle], alerts: [alert] })).toEqual([]);
  });

  it.each([
    ['E001', { ts: NOON * 1000 }],
    ['E002', withStops(second, first)],
    ['E003', withTrip({ trip: 'nobody' })],
    ['E004', withTrip({ line: 'Z' })],
    ['E006', { trips: [{ ...trip, trip: { trip: 'l1', relation: 'unscheduled' } }] }],
    ['E009', withStops({ stop: 'a', arrival: at(0), relation: 'scheduled' })],
    ['E011', withStops({ ...first, stop: 'nowhere' })],
    ['E012', { vehicles: [{ ...vehicle, ts: NOON + 1000 }] }],
    ['E013', withTrip({ trip: 'l1', relation: 'scheduled' })],
    ['E016', withTrip({ relation: 'added' })],
    ['E020', withTrip({ start_time: '9:00:00' })],
    ['E020', withTrip({ start_time: '09:60:00' })],
    ['E021', withTrip({ start_date: '2026-02-07' })],
    ['E021', withTrip({ start_date: '20260231' })],
    ['E022', withStops(first, { ...second, arrival: at(1) })],
    ['E023', withTrip({ start_time: '09:00:01' })],
    ['E025', withStops({ ...first, arrival: at(2) })],
    ['E026', withPosition({ lat: 91 })],
    ['E026', withPosition({ lat: 0, lon: 0 })],
    ['E027', withPosition({ bearing: 361 })],
    ['E028', withPosition({ lat: 45 })],
    ['E030', withInformed({ line: 'N', trip: { trip: 'l2' } })],
    ['E031', withInformed({ line: 'L', trip: { line: 'N' } })],
    ['E032', withInformed()],
    ['E033', withInformed({})],
    ['E034', withInformed({ agency: 'nobody' })],
    ['E035', withTrip({ line: 'N' })],
    ['E036', withStops(first, { ...second, stop_sequence: 1 })],
    ['E037', withStops(first, { ...second, stop: 'a' })],
    ['E038', { version: '3.0' }],
    ['E039', { deleted: ['gone'] }],
    ['E040', withStops(without(without(first, 'stop'), 'stop_sequence'))],
    ['E041', withStops()],
    ['E042', withStops({ ...first, relation: 'no_data' })],
    ['E043', withStops({ stop_sequence: 1, stop: 'a', relation: 'scheduled' })],
    ['E044', withStops({ ...first, departure: { uncertainty_s: 3 } })],
    ['E045', withStops({ ...first, stop: 'b' })],
    ['E048', { ts: undefined }],
    ['E049', { incrementality: undefined }],
    ['E050', { ts: NOON + 61_000 }],
    ['E051', withStops({ ...first, stop_sequence: 9 })],
    ['E052', { vehicles: [vehicle, { ...vehicle, id: 'other' }] }],
    ['unique_entity', { vehicles: [vehicle, { ...vehicle, vehicle: 'other' }] }],
    ['unique_trip', { trips: [trip, { ...trip, id: 'other' }] }],
    ['W001', { vehicles: [without(vehicle, 'ts')] }],
    ['W002', { vehicles: [without(vehicle, 'vehicle')] }],
    ['W004', withPosition({ speed_mps: 40 })],
    ['W005', { trips: [{ ...without(trip, 'vehicle'), trip: { ...trip.trip, trip: 'l1', relation: 'unscheduled' } }] }],
    ['W006', { trips: [{ ...trip, trip: without(trip.trip, 'trip') }] }],
    ['W008', { ts: NOON - 66_000, trips: [] }],
    ['W009', { trips: [{ ...trip, trip: without(trip.trip, 'relation') }] }],
  ] as const)('%s', (rule, message) => {
    const whole = { ...emptyFeed, ...message };
    const found = checkRealtime(defined(whole) as RealtimeFeed, base).filter((one) => one.rule === rule);
    expect(found[0]?.severity).toBe(rule.startsWith('W') ? 'warning' : 'error');
  });

  it('E015, E019, E024 and E029: what a richer schedule says', () => {
    const [stop, one, headway] = [feed.stops.get('a'), feed.trips.get('l2'), feed.trips.get('l1')];
    if (!stop || !one || !headway) throw new Error('The schedule has them.');
    const shape = [
      { lat: 46.5, lon: 12.1, sequence: 1 },
      { lat: 46.6, lon: 12.2, sequence: 2 },
    ];
    const richer = {
      ...feed,
      stops: new Map([...feed.stops, ['a', { ...stop, location_type: 1 as const }]]),
      shapes: new Map([['s', shape]]),
      trips: new Map([
        ['l2', { ...one, direction: 1, shape: 's' }],
        ['l1', { ...headway, headways: headway.headways.map((row) => ({ ...row, exact: true })) }],
      ]),
    };
    const found = (message: Partial<RealtimeFeed>, alerts: readonly ServiceAlert[] = []) =>
      rulesOf(message, { feed: richer, alerts });
    expect(found({ trips: [{ ...trip, trip: { ...trip.trip, direction: 0 } }] })).toEqual(['E024', 'E015']);
    const started = (start_time: string) => ({
      vehicles: [{ ...vehicle, trip: { ...trip.trip, trip: 'l1', start_time } }],
    });
    expect([found(started('07:14:00')), found(started('07:15:00'))]).toEqual([[], ['E019']]);
    const on = (lat: number) => ({ vehicles: [{ ...vehicle, trip: trip.trip, position: { lat, lon: 12.15 } }] });
    expect([found(on(46.551)), found(on(46.555))]).toEqual([[], ['E029']]);
    expect(found(on(46.555), [{ ...alert, effect: 'detour' }])).toEqual([]);
  });

  it('compares two messages of a feed', () => {
    const previous: RealtimeFeed = { ...emptyFeed, vehicles: [vehicle] };
    const now = NOON + 60_000;
    expect(rulesOf({ vehicles: [vehicle] }, { previous })).toEqual([]);
    expect(rulesOf({}, { previous })).toEqual(['E017']);
    expect(rulesOf({ ts: NOON - 1000 }, { previous })).toEqual(['E018']);
    expect(rulesOf({ ts: NOON + 30_000 }, { previous, now })).toEqual([]);
    expect(rulesOf({ ts: NOON + 36_000 }, { previous, now })).toEqual(['W007']);
  });

  it('compares vehicles and trips', () => {
    const driven = { ...vehicle, trip: trip.trip };
    const beside: RealtimeFeed = { ...emptyFeed, trips: [trip] };
    expect(rulesOf({ vehicles: [driven] }, { beside })).toEqual([]);
    expect(rulesOf({ vehicles: [{ ...driven, id: 'w', vehicle: 'w' }] }, { beside })).toEqual(['E047', 'W003']);
    expect(
      rulesOf(
        { vehicles: [{ ...driven, trip: { ...trip.trip, trip: 'n1', line: 'N', start_time: '25:10:00' } }] },
        { beside },
      ),
    ).toEqual(['W003']);
  });

  it('knows the real capture: version 1.0, without timestamps of its vehicles', () => {
    const decoded = decodeRealtime(
      new Uint8Array(readFileSync(new URL('../samples/bullrunner-vehicle-positions.pb', import.meta.url))),
    );
    if (!decoded.ok) throw new Error(decoded.error.message);
    const zip = readFileSync(new URL('../../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', import.meta.url));
    const context = { feed: read(zip), now: decoded.value.ts ?? 0 };
    expect(new Set(checkRealtime(decoded.value, context).map(({ rule }) => rule))).toEqual(
      new Set(['W001', 'W006', 'W009']),
    );
    const moved = {
      ...decoded.value,
      vehicles: decoded.value.vehicles.map((one) => ({ ...one, position: { lat: 27, lon: -82 } })),
    };
    expect(checkRealtime(moved, context).filter(({ rule }) => rule === 'E028')).toHaveLength(10);
  });

  it('names place, value and advice', () => {
    expect(checkRealtime({ ...emptyFeed, ...withTrip({ line: 'Z' }) }, base)[0]).toEqual({
      rule: 'E004',
      severity: 'error',
      path: 'trip_update t.trip.route_id',
      value: '"Z"',
      message: 'The schedule must have the route.',
    });
  });
});
