import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { type EpochMs, epochMs, MINUTE_MS, systemClock } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { topics } from '#libs/telemetry';
import { type Feed, livePatterns, readGtfs } from '#libs/transport';
import { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { LiveDesk } from '../../../apps/platform/src/positions/live-desk.js';
import { eventually, RunningApi } from '../api/running-api.js';

const NOW = epochMs(Math.floor(Date.now() / 1000) * 1000);
const LINE = 'A';

interface VehicleAnswer {
  readonly vehicle: string;
  readonly progress_m?: number;
  readonly delay_s?: number;
  readonly trip?: { readonly line: string; readonly ordered: boolean };
  readonly troubles: readonly { readonly trouble: string }[];
  readonly predictions: readonly {
    readonly stops: readonly { readonly arrives_ms: number; readonly low_ms: number }[];
  }[];
}

describe('positions from vehicles to the API', () => {
  let api: RunningApi;
  let mqtt: MqttClient;
  let ingest: Ingest;
  let desk: LiveDesk;
  let feed: Feed;
  const advice: string[] = [];
  const departs = epochMs(NOW - 4 * MINUTE_MS);

  beforeAll(async () => {
    api = await RunningApi.start();
    await api.tellTime(NOW);
    const read = readGtfs(api.pack.gtfs);
    if (!read.ok) throw new Error('The feed cannot be read.');
    feed = read.value;
    const { store } = api.database;
    ingest = await Ingest.start({
      mqttUrl: api.mqttUrl,
      pack: api.pack,
      store,
      metrics: new Metrics(),
      clock: systemClock,
      warn: () => undefined,
      sessionPrefix: `venueflow-test-${randomBytes(6).toString('hex')}`,
    });
    desk = await LiveDesk.start({
      pack: api.pack,
      feed,
      store,
      metrics: new Metrics(),
      link: { publish: (topic) => Promise.resolve(advice.push(topic) > 0) },
      dispatch: { findActive: () => Promise.resolve(undefined) },
      departures: {
        recent: [{ line: LINE, pattern: 'A-1', vehicle: 'bull-01', departs, plan: 'dispatch-1' }],
        upcoming: () => ({ departures: [], dropped: [] }),
      },
    });
    mqtt = await connectAsync(api.mqttUrl);
  }, 60_000);
  afterAll(async () => {
    await mqtt.endAsync(true);
    await ingest.stop();
    await api.close();
  });

  /** Where the timetable has a trip of the pattern, `elapsedS` after its departure. */
  const placeAt = (elapsedS: number): { readonly lat: number; readonly lon: number } => {
    const pattern = livePatterns(feed).get('A-1');
    if (!pattern) throw new Error('Line A has no pattern.');
    const { path, times } = pattern;
    const along = (path.lengthM * elapsedS) / (times.at(-1)?.offsetS ?? 1);
    const next = path.alongM.findIndex((metres) => metres >= along);
    const [a, b] = [path.points[next - 1], path.points[next]];
    if (!a || !b) throw new Error('No such place.');
    const [from = 0, to = 0] = [path.alongM[next - 1], path.alongM[next]];
    const share = (along - from) / (to - from);
    return path.plane.toLatLon({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
  };
  const send = (vehicle: string, value: unknown) =>
    mqtt.publishAsync(topics.position(vehicle), JSON.stringify(value), { qos: 1 });
  const stored = async (vehicle: string) =>
    (await api.database.store.positions.track(vehicle, epochMs(0), epochMs(NOW + 60 * MINUTE_MS), 100)).length;
  const list = async () => (await (await api.get('/api/v1/vehicles')).json()) as { vehicles: VehicleAnswer[] };
  const runAt = (now: EpochMs) => desk.run(now, 1);

  it('are stored once, however often they come', async () => {
    const message = { ts: departs + 60_000, ...placeAt(60), speed_mps: 6, occupancy: 12 };
    // Sent until the session is subscribed: a first session has no queue yet.
    const answer = await eventually(
      async () => {
        await send('bull-01', message);
        return stored('bull-01');
      },
      (rows) => rows > 0,
    );
    expect(answer).toBe(1);
  });

  it('show where a vehicle is on its order, and when it arrives', async () => {
    for (const elapsed of [90, 120, 150, 180, 210])
      await send('bull-01', { ts: departs + elapsed * 1000, ...placeAt(elapsed), speed_mps: 6, occupancy: 12 });
    expect(
      await eventually(
        () => stored('bull-01'),
        (rows) => rows === 6,
      ),
    ).toBe(6);
    await runAt(NOW);
    const { vehicles } = await list();
    const [bus] = vehicles;
    expect(bus).toMatchObject({ vehicle: 'bull-01', trip: { line: LINE, ordered: true }, troubles: [] });
    expect(bus?.progress_m).toBeGreaterThan(1_000);
    const stops = bus?.predictions[0]?.stops ?? [];
    expect(stops.length).toBeGreaterThan(10);
    for (const [index, { arrives_ms, low_ms }] of stops.entries()) {
      expect(low_ms).toBeLessThanOrEqual(arrives_ms);
      if (index > 0) expect(arrives_ms).toBeGreaterThanOrEqual(stops[index - 1]?.arrives_ms ?? 0);
    }
    expect(await (await api.get('/api/v1/vehicles/bull-01')).json()).toMatchObject({ vehicle: 'bull-01' });
    expect((await api.get('/api/v1/vehicles/nobody')).status).toBe(404);
    const track = (await (await api.get('/api/v1/vehicles/bull-01/track')).json()) as { positions: unknown[] };
    expect(track.positions).toHaveLength(6);
  });

  it('tell of each line what left, and how late', async () => {
    const live: unknown = await (await api.get(`/api/v1/lines/${LINE}/live`)).json();
    expect(live).toMatchObject({
      line: LINE,
      departures: [{ vehicle: 'bull-01', planned_ms: departs }],
      delay: { seen: 1 },
    });
    expect((await api.get('/api/v1/lines/Z/live')).status).toBe(404);
  });

  it('raise an alarm for a vehicle that nobody knows', async () => {
    await send('stranger', { ts: NOW, ...placeAt(60) });
    await eventually(
      () => stored('stranger'),
      (rows) => rows === 1,
    );
    await runAt(epochMs(NOW + 1_000));
    const { vehicles } = await list();
    expect(vehicles.find(({ vehicle }) => vehicle === 'stranger')?.troubles).toMatchObject([{ trouble: 'unknown' }]);
    const alarms = async () => (await (await api.get('/api/v1/alarms')).json()) as { alarms: { id: string }[] };
    const has = ({ alarms: all }: { alarms: { id: string }[] }) =>
      all.some(({ id }) => id === 'vehicle_unknown:stranger');
    expect(has(await eventually(alarms, has))).toBe(true);
  });

  it('are kept with the reason when they cannot be taken', async () => {
    await send('bull-02', { ts: NOW, lat: 0, lon: 0 });
    await send('bull-02', { ts: NOW, lat: 95, lon: 0 });
    const reasons = async () =>
      (await api.database.store.operations.listRejected(10)).map(({ reason }) => reason.split(':')[0]);
    expect(await eventually(reasons, (all) => all.length === 2)).toEqual(['wrong_shape', 'no_position']);
    expect(await stored('bull-02')).toBe(0);
  });
});
