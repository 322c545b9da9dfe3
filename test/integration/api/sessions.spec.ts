import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { sessionsBetween } from '#libs/games';
import { epochMs, HOUR_MS, MINUTE_MS, systemClock } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { topics } from '#libs/telemetry';
import { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { eventually, RunningApi } from './running-api.js';

interface SessionGlance {
  readonly id: string;
  readonly state: string | null;
  readonly expected_end_ms: number | null;
}

describe('how a session really goes', () => {
  let api: RunningApi;
  let mqtt: MqttClient;
  let ingest: Ingest;
  let session: { readonly id: string; readonly venue: string; readonly start: number; readonly end: number };
  let now = epochMs(0);

  beforeAll(async () => {
    api = await RunningApi.start();
    const [first] = sessionsBetween(api.pack, {
      start: epochMs(Date.now()),
      end: epochMs(Date.now() + 60 * 24 * HOUR_MS),
    });
    if (!first) throw new Error('The pack has no session in two months.');
    session = first;
    // Ten minutes before its end, by the event clock.
    now = epochMs(first.end - 10 * MINUTE_MS);
    await api.tellTime(now);
    ingest = await Ingest.start({
      mqttUrl: api.mqttUrl,
      pack: api.pack,
      store: api.database.store,
      metrics: new Metrics(),
      clock: systemClock,
      warn: () => undefined,
      sessionPrefix: `venueflow-test-${randomBytes(6).toString('hex')}`,
    });
    mqtt = await connectAsync(api.mqttUrl);
  }, 60_000);
  afterAll(async () => {
    await mqtt.endAsync(true);
    await ingest.stop();
    await api.close();
  });

  const glance = async (): Promise<SessionGlance | undefined> => {
    const overview = (await (await api.get('/api/v1/overview')).json()) as {
      sessions: { now: SessionGlance[]; next: SessionGlance[] };
    };
    return [...overview.sessions.now, ...overview.sessions.next].find(({ id }) => id === session.id);
  };
  const stored = async () =>
    (await api.database.store.operations.listSessionStates(epochMs(0))).find((state) => state.session === session.id);
  const put = (id: string, body: unknown) =>
    fetch(`${api.url}/api/v1/sessions/${id}/state`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is unknown until somebody says so', async () => {
    const seen = await eventually(glance, (found) => found !== undefined);
    expect(seen).toMatchObject({ state: null, expected_end_ms: null });
  });

  it('comes from its venue over MQTT, is kept, and is in the overview', async () => {
    const late = session.end + 40 * MINUTE_MS;
    const message = { state: 'over_time', expected_end: late, by: 'timing', ts: now };
    const kept = await eventually(
      async () => {
        await mqtt.publishAsync(topics.sessionState(session.venue, session.id), JSON.stringify(message), { qos: 1 });
        return stored();
      },
      (state) => state !== undefined,
    );
    expect(kept).toMatchObject({ venue: session.venue, state: 'over_time', expectedEnd: late, by: 'timing', ts: now });
    const seen = await eventually(glance, (found) => found?.state === 'over_time');
    expect(seen).toMatchObject({ state: 'over_time', expected_end_ms: late });
  });

  it('comes from staff through the API, and their later word counts', async () => {
    await api.tellTime(now + MINUTE_MS);
    const later = session.end + 20 * MINUTE_MS;
    const seen = await eventually(
      async () => {
        // Said until the API has heard the later clock: what is older than what is kept does not count.
        expect((await put(session.id, { state: 'running', expected_end_ms: later, by: 'Ada' })).status).toBe(204);
        return glance();
      },
      (found) => found?.state === 'running',
    );
    expect(seen).toMatchObject({ state: 'running', expected_end_ms: later });
    expect(await stored()).toMatchObject({ state: 'running', by: 'Ada' });
  });

  it('is refused of a session that is not there, and in words that nobody knows', async () => {
    expect((await put('no-such-session', { state: 'running', by: 'Ada' })).status).toBe(404);
    expect((await put(session.id, { state: 'paused', by: 'Ada' })).status).toBe(400);
    expect(await stored()).toMatchObject({ state: 'running', by: 'Ada' });
  });
});
