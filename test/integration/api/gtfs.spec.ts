import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import bindings from 'gtfs-realtime-bindings';
import { epochMs, formatFault } from '#libs/kernel';
import { checkRealtime, decodeRealtime, readGtfs, type RealtimeFeed } from '#libs/transport';

import { dispatchPlan, minute } from '../../../apps/platform/src/api/live/plan.fixture.js';
import { problemSchema } from '../../../apps/platform/src/api/problem/problem.js';
import { eventually, RunningApi } from './running-api.js';

const FEEDS = ['vehicle-positions', 'trip-updates', 'alerts'] as const;

describe("spectators' feeds", () => {
  let api: RunningApi;

  const read = async (feed: (typeof FEEDS)[number]): Promise<RealtimeFeed> => {
    const response = await api.get(`/gtfs-rt/${feed}.pb`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-protobuf']);
    const decoded = decodeRealtime(new Uint8Array(await response.arrayBuffer()));
    if (!decoded.ok) throw new Error(decoded.error.message);
    return decoded.value;
  };

  beforeAll(async () => {
    api = await RunningApi.start();
    await api.tellTime(minute(5));
    await api.addPlan(dispatchPlan('active'));
    const trip = { line: 'A', pattern: 'A-1', vehicle: 'bull-01', departs: epochMs(minute(0)), plan: 'dispatch-1' };
    await api.database.store.operations.addTrips([trip]);
    await eventually(
      () => read('trip-updates'),
      ({ ts }) => Math.abs((ts ?? 0) - minute(5)) < 60_000,
    );
  });
  afterAll(() => api.close());

  it('say what runs, what does not and what is extra', async () => {
    const { trips, version, incrementality, ts = 0 } = await read('trip-updates');
    expect([version, incrementality]).toEqual(['2.0', 'full_dataset']);
    expect(Math.abs(ts - minute(5))).toBeLessThan(30_000);
    const ofA = trips.filter(({ trip }) => trip.line === 'A').map(({ id, trip }) => [id, trip.relation]);
    // The timetable has A leave every ten minutes from seven; the plan of half an hour has 7:00, 7:10 and 7:20.
    expect(ofA).toEqual([
      ['20260206-A-1-070000', 'scheduled'],
      ['20260206-A-1-071000', 'scheduled'],
      ['20260206-A-1-072000', 'scheduled'],
    ]);
    expect(trips.find(({ vehicle }) => vehicle === 'bull-01')?.id).toBe('20260206-A-1-070000');
    const relationsOfB = trips.filter(({ trip }) => trip.line === 'B').map(({ trip }) => trip.relation);
    expect(new Set(relationsOfB)).toEqual(new Set(['scheduled', 'canceled']));
  });

  it.each(FEEDS)('give %s as protobuf and as the same in JSON, to pages of any site', async (feed) => {
    const [binary, text] = await Promise.all([api.get(`/gtfs-rt/${feed}.pb`), api.get(`/gtfs-rt/${feed}.json`)]);
    const { FeedMessage } = bindings.transit_realtime;
    const fromBinary = FeedMessage.decode(new Uint8Array(await binary.arrayBuffer()));
    expect(text.headers.get('content-type')).toMatch('application/json');
    const fromText = FeedMessage.fromObject((await text.json()) as Record<string, unknown>);
    expect(fromText.toJSON()).toEqual(fromBinary.toJSON());
    for (const { headers } of [binary, text]) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(headers.get('cache-control')).toBe('max-age=3');
    }
  });

  it('name the feeds that there are', async () => {
    for (const name of ['trip-updates.xml', 'trip-updates', 'constructor.pb', 'alerts.pb.json']) {
      const response = await api.get(`/gtfs-rt/${name}`);
      expect([name, response.status]).toEqual([name, 404]);
      expect(problemSchema.parse(await response.json()).detail).toMatch('vehicle-positions.pb');
    }
  });

  it('show where vehicles are, and on which trip', async () => {
    // At the first stop of line A.
    const position = { ts: epochMs(minute(5)), lat: 28.0638, lon: -82.419, bearing: 90, speed_mps: 8 };
    await api.database.store.readings.write({
      readings: [],
      receipts: [],
      rejected: [],
      positions: [
        { ...position, vehicle: 'bull-01', trip: `A-1@${minute(0)}`, occupancy: 10 },
        { ...position, vehicle: 'bull-02', lat: 0, lon: 0, trip: null, occupancy: null },
      ],
    });
    const { vehicles } = await eventually(
      () => read('vehicle-positions'),
      (feed) => feed.vehicles.length > 0,
    );
    expect(vehicles).toEqual([
      {
        id: 'bull-01',
        vehicle: 'bull-01',
        label: 'bull-01',
        trip: expect.objectContaining({ line: 'A', relation: 'scheduled' }),
        ts: minute(5),
        position: { lat: Math.fround(28.0638), lon: Math.fround(-82.419), bearing: 90, speed_mps: 8 },
        occupancy: 'many_seats_available',
        occupancy_percent: 25,
      },
    ]);
  });

  it('take the live picture when control writes one', async () => {
    const { operations } = api.database.store;
    const departure = { line: 'A', pattern: 'A-1', departs_ms: minute(0), vehicle: 'bull-01' };
    const seen = { vehicle: 'bull-01', ts: minute(5), lat: 28.0638, lon: -82.419, troubles: [] };
    await operations.putState('live_picture', {
      at_ms: minute(5),
      vehicles: [
        { ...seen, trip: { ...departure, ordered: true }, next_stop: { sequence: 9, stop: '', at_stop: false } },
      ],
      predictions: [
        {
          departure,
          ts: minute(5),
          stops: [{ stop_sequence: 9, stop: '', arrives_ms: minute(7), low_ms: minute(6), high_ms: minute(9) }],
        },
      ],
      headways: [],
      departures: [],
      missing: [],
    });
    const { vehicles } = await eventually(
      () => read('vehicle-positions'),
      (feed) => feed.vehicles.some(({ stop_sequence }) => stop_sequence !== undefined),
    );
    expect(vehicles).toEqual([
      expect.objectContaining({ vehicle: 'bull-01', stop_sequence: 9, status: 'in_transit_to' }),
    ]);
    const { trips } = await read('trip-updates');
    const [next] = trips.find(({ id }) => id === vehicles[0]?.trip?.trip)?.stops ?? [];
    expect(next).toMatchObject({ stop_sequence: 9, arrival: { at_ms: minute(7), uncertainty_s: 90 } });
  });

  it('have a schedule that they speak of, which stands', async () => {
    const response = await api.get('/gtfs/schedule.zip');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const schedule = readGtfs(new Uint8Array(await response.arrayBuffer()));
    if (!schedule.ok) throw new Error(schedule.error.map(formatFault).join('\n'));
    expect([...schedule.value.services.keys()]).toEqual(['20260206', '20260207']);
    expect(schedule.value.trips.get('20260206-A-1-070000')?.stops[0]?.departureS).toBe(7 * 3600);

    const [trips, vehicles, alerts] = await Promise.all(FEEDS.map(read));
    const context = { feed: schedule.value, now: minute(5) };
    const findings = [trips, vehicles, alerts].flatMap((feed) => (feed ? checkRealtime(feed, context) : []));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);

    const [etag, modified] = [response.headers.get('etag') ?? '', response.headers.get('last-modified') ?? ''];
    const statusOf = async (headers: Record<string, string>) => (await api.get('/gtfs/schedule.zip', headers)).status;
    expect(await statusOf({ 'If-None-Match': etag })).toBe(304);
    expect(await statusOf({ 'If-Modified-Since': modified })).toBe(304);
    expect(await statusOf({ 'If-None-Match': '"another"' })).toBe(200);
  });

  it('tell the public what is cancelled, in its languages', async () => {
    const { alerts } = await read('alerts');
    const cancelled = alerts.find(({ id }) => id === 'canceled-B');
    expect(cancelled).toMatchObject({ effect: 'reduced_service', cause: 'other_cause', severity: 'warning' });
    expect(cancelled?.header[0]).toEqual({ language: 'en', text: expect.stringMatching(/^Blue USF Health: /) });
  });

  it('are for nobody else to change', async () => {
    expect((await api.post('/gtfs-rt/alerts.pb', {})).status).toBe(404);
  });
});
