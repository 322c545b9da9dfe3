import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { topics } from '#libs/telemetry';
import type { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { type Bench, openBench, until } from './bench.js';

const devices: Pack['devices'] = [
  {
    id: 'ice-plant',
    venue: 'marshall',
    profile: 'thingsboard_device',
    topic: 'plants/ice/#',
    points: [
      { id: 'ice.temperature', kind: 'sensor', from: 'temperature', unit: '°C', min: -50, max: 60, interval_s: 60 },
    ],
  },
];

const good = { point: 'load.active_power', value: 1, unit: 'kW', quality: 'good' };
const named = (point: string) => ({ ...good, point, ts: Date.now() });
const names = ['__proto__', 'constructor', '#', '+', '../x', '', 'x'.repeat(10_240), '\0', '💥'];

/** What comes, and how many readings are lost with it. */
const hostile: readonly (readonly [payload: string | Buffer, lost: number])[] = [
  ...names.map((name) => [JSON.stringify({ seq: 1, readings: [named(name)] }), 1] as const),
  ['{"seq":1,"readings":[{"point":"load.active_power","ts":1,"value":1e400,"unit":"kW","quality":"good"}]}', 1],
  [
    '{"seq":1,"readings":[{"point":"load.active_power","ts":8640000000000001,"value":1,"unit":"kW","quality":"good"}]}',
    1,
  ],
  [
    '{"seq":1,"readings":[{"point":"load.active_power","ts":8640000000000000,"value":1,"unit":"kW","quality":"good"}]}',
    1,
  ],
  ['{"seq":1,"readings":[{"point":"load.active_power","ts":"1","value":"1","unit":"kW","quality":"good"}]}', 1],
  ['{"seq":1,"readings":NaN}', 1],
  ['{"seq":9007199254740991,"oldest":9007199254740991,"readings":[]}', 1],
  [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 1],
  [Buffer.from([0xff, 0xfe, 0x00, 0x80]), 1],
  [Buffer.alloc(0), 1],
  [JSON.stringify({ seq: 1, readings: new Array(100_000).fill(1) }), 100_000],
  // As much as a broker lets through.
  [`"${'x'.repeat(1_048_000)}"`, 1],
];

describe('hostile input', () => {
  let bench: Bench;
  let ingest: Ingest;

  beforeAll(async () => {
    bench = await openBench(devices);
    ingest = await bench.startIngest();
    await until('ingest subscribes', async () => {
      await bench.client.publishAsync('plants/ice/up', `{"ts":${Date.now()},"values":{"temperature":1}}`, { qos: 1 });
      await delay(150);
      return (await bench.database.store.readings.totals()).stored > 0;
    });
  });
  afterAll(async () => {
    await ingest.stop();
    await bench.close();
  });

  it('is counted and kept with its reason, and takes nothing good with it', async () => {
    const topic = topics.readings('marshall', 'gw-marshall');
    const { stored, rejected } = await bench.database.store.readings.totals();
    let ts = Date.now() - 60_000;
    for (const [payload] of hostile) {
      await bench.client.publishAsync(topic, payload, { qos: 1 });
      const both = {
        seq: 2,
        readings: [
          { ...named('__proto__'), ts: ts++ },
          { ...good, ts: ts++ },
        ],
      };
      await bench.client.publishAsync(topic, JSON.stringify(both), { qos: 1 });
    }
    const lost = hostile.reduce((sum, [, readings]) => sum + readings, 0) + hostile.length;
    const totals = () => bench.database.store.readings.totals();
    await until(`${hostile.length} good readings`, async () => (await totals()).stored - stored >= hostile.length);
    await until(`${lost} refused`, async () => (await totals()).rejected - rejected >= lost);
    expect(await totals()).toMatchObject({ stored: stored + hostile.length, rejected: rejected + lost });
  });

  it('on topics that nobody expects, too', async () => {
    const { stored } = await bench.database.store.readings.totals();
    for (const name of ['__proto__', 'constructor', '../x', 'x'.repeat(10_000), '💥'])
      for (const [payload] of hostile) await bench.client.publishAsync(`plants/ice/${name}`, payload, { qos: 1 });
    const last = `{"ts":${Date.now()},"values":{"temperature":2}}`;
    await bench.client.publishAsync('plants/ice/up', last, { qos: 1 });
    await until('the good one', async () => (await bench.database.store.readings.totals()).stored > stored);
  });
});
