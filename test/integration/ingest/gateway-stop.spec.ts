import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import { type StatusMessage, statusMessage, storedMessage, topicLevels, topics } from '#libs/telemetry';
import { openTestBroker, type TestBroker } from '../broker.js';
import { until } from './bench.js';

const program = fileURLToPath(new URL('../../../dist/apps/gateway/src/main.js', import.meta.url));
const pack = fileURLToPath(new URL('../../../config/campus-replay', import.meta.url));
const SPEED = 600;

describe('the gateway ends within 3 s of SIGTERM, with exit code 0', () => {
  let home: string;
  let broker: TestBroker;
  let client: MqttClient;
  let gateway: ChildProcess;
  let clock: NodeJS.Timeout;
  /** Whether someone receipts what the gateway sends. */
  let platform: boolean;
  let received: number;
  const statuses = new Map<string, StatusMessage>();

  const onMessage = (topic: string, payload: Buffer): void => {
    const [venue = '', name = '', kind] = topicLevels(topic) ?? [];
    const message = JSON.parse(payload.toString()) as unknown;
    if (kind === 'status') {
      statuses.set(topic, statusMessage.parse(message));
      return;
    }
    received++;
    const { seq } = storedMessage.parse(message);
    if (platform) client.publish(topics.stored(venue, name), JSON.stringify({ seq }), { qos: 1, retain: true });
  };
  const publishClock = (state: 'online' | 'offline', event_ms: number) => {
    const message = { event_ms, wall_ms: Date.now(), speed: SPEED, state };
    client.publish(topics.clock(), JSON.stringify(message), { retain: true });
  };

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'venueflow-gateway-'));
    statuses.clear();
    received = 0;
    broker = await openTestBroker();
    client = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
    client.on('message', onMessage);
    await client.subscribeAsync([topics.status('+', '+'), topics.readings('+', '+')], { qos: 1 });
    const began = Date.now();
    clock = setInterval(() => publishClock('online', began + (Date.now() - began) * SPEED), 100);
  });
  afterEach(async () => {
    clearInterval(clock);
    gateway.kill('SIGKILL');
    await client.endAsync(true);
    await broker.close();
    rmSync(home, { recursive: true });
  });

  const startGateway = () => {
    const flags = ['--games', pack, '--mqtt', broker.url, '--home', home];
    gateway = spawn(process.execPath, [program, ...flags], { stdio: 'ignore' });
  };
  const run = async (withPlatform: boolean) => {
    platform = withPlatform;
    startGateway();
    await until('readings come', () => received > 50);
  };
  const end = async () => {
    const ended = once(gateway, 'exit');
    const before = performance.now();
    gateway.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(performance.now() - before).toBeLessThan(3_000);
  };
  const all = () => [...statuses.values()];
  const said = (state: StatusMessage['state']) => until(state, () => all().every((status) => status.state === state));

  it('and says that it holds nothing when all is receipted', async () => {
    await run(true);
    clearInterval(clock);
    publishClock('offline', 0);
    await delay(1_000);
    await end();
    await said('offline');
    expect(all().map(({ buffered }) => buffered)).toEqual(all().map(() => 0));
    expect(all().every(({ published = 0 }) => published > 0)).toBe(true);
  });

  it('and says that it holds everything when there is no platform', async () => {
    await run(false);
    await end();
    await said('offline');
    expect(all().map(({ buffered }) => buffered)).toEqual(all().map(({ published }) => published));
    expect(all().every(({ buffered = 0 }) => buffered > 0)).toBe(true);
  });

  it('and still holds everything when the broker is gone', async () => {
    await run(false);
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const stopped = broker.close();
    await gone;
    await end();
    await stopped;
    // What the disk holds, in the words of its next run.
    await client.endAsync(true);
    clearInterval(clock);
    broker = await openTestBroker();
    const gateways = statuses.size;
    statuses.clear();
    client = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
    client.on('message', onMessage);
    await client.subscribeAsync(topics.status('+', '+'), { qos: 1 });
    startGateway();
    await until('all are back', () => statuses.size === gateways && all().every(({ state }) => state === 'online'));
    expect(all().map(({ buffered }) => buffered)).toEqual(all().map(({ published }) => published));
    expect(all().every(({ buffered = 0 }) => buffered > 0)).toBe(true);
  });
});
