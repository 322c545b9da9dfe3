import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listVehicles } from '#libs/games';
import { type StatusMessage, statusMessage, storedMessage, topicLevels, topics } from '#libs/telemetry';
import type { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { type Bench, openBench, until } from './bench.js';

const program = fileURLToPath(new URL('../../../dist/apps/gateway/src/main.js', import.meta.url));
const SPEED = 600;

describe('published readings are stored readings', () => {
  let bench: Bench;
  let ingest: Ingest;
  let home: string;
  let gateway: ChildProcess | undefined;
  let ticking: NodeJS.Timeout;
  let event = Date.now();
  const statuses = new Map<string, StatusMessage>();
  /** Newest seq on the wire, by gateway. */
  const sent = new Map<string, number>();
  const receipts = new Map<string, number>();

  beforeAll(async () => {
    if (!existsSync(program)) throw new Error(`${program} is missing. Run npm run build first.`);
    home = mkdtempSync(join(tmpdir(), 'venueflow-gateway-'));
    bench = await openBench();
    ingest = await bench.startIngest();
    bench.client.on('message', (topic, payload) => {
      const [venue = '', name = '', kind] = topicLevels(topic) ?? [];
      const message = JSON.parse(payload.toString()) as unknown;
      if (kind === 'status') statuses.set(topic, statusMessage.parse(message));
      else (kind === 'readings' ? sent : receipts).set(`${venue}/${name}`, storedMessage.parse(message).seq);
    });
    const watched = [topics.status('+', '+'), topics.readings('+', '+'), topics.stored('+', '+')];
    await bench.client.subscribeAsync(watched, { qos: 1 });
    // The part of the control role that a gateway needs: an event clock, 600 times as fast as the wall.
    ticking = setInterval(() => {
      event += 100 * SPEED;
      clock('online');
    }, 100);
  });
  afterAll(async () => {
    clearInterval(ticking);
    gateway?.kill('SIGKILL');
    await ingest.stop();
    await bench.close();
    rmSync(home, { recursive: true });
  });

  const clock = (state: 'online' | 'offline') => {
    const message = { event_ms: event, wall_ms: Date.now(), speed: SPEED, state };
    bench.client.publish(topics.clock(), JSON.stringify(message), { qos: 0, retain: true });
  };
  const startGateway = async () => {
    const child = spawn(process.execPath, [
      program,
      ...['--games', bench.pack.directory, '--mqtt', bench.brokerUrl, '--home', home],
    ]);
    child.stderr.on('data', (text: Buffer) => bench.warnings.push(text.toString()));
    gateway = child;
    await once(child.stdout, 'data');
  };
  const stopGateway = async (signal: NodeJS.Signals) => {
    if (!gateway) throw new Error('No gateway runs.');
    const ended = once(gateway, 'exit');
    gateway.kill(signal);
    const [code] = (await ended) as [number | null];
    gateway = undefined;
    return code;
  };
  const storedBySql = async () => {
    const { rows } = await bench.database.store.pool.query<{ count: number }>('select count(*)::integer from reading');
    return rows[0]?.count ?? 0;
  };
  const grows = async () => {
    const before = await storedBySql();
    await until('more is stored', async () => (await storedBySql()) > before + 100);
  };
  /** Ends the gateway in order; by its last words, what it published and what it still holds. */
  const settle = async () => {
    const hold = event;
    clearInterval(ticking);
    clock('offline');
    // Past 30 s without a receipt, in which the gateway sends again. A status may be ten seconds old, so it does not tell.
    let quiet = 0;
    let seen = -1;
    await until(
      'all that was sent is receipted',
      () => {
        const sum = [...sent.values()].reduce((total, seq) => total + seq, 0);
        const receipted = [...sent].every(([gateway, seq]) => (receipts.get(gateway) ?? -1) >= seq);
        if (!receipted || sum !== seen) quiet = performance.now();
        seen = sum;
        return performance.now() - quiet > 1_500;
      },
      50,
    );
    expect(await stopGateway('SIGTERM')).toBe(0);
    const last = [...statuses.values()];
    event = hold;
    ticking = setInterval(() => {
      event += 100 * SPEED;
      clock('online');
    }, 100);
    return {
      states: new Set(last.map(({ state }) => state)),
      published: last.reduce((sum, { published = 0 }) => sum + published, 0),
      buffered: last.reduce((sum, { buffered = 0 }) => sum + buffered, 0),
    };
  };
  const expectAllStored = async () => {
    const { states, published, buffered } = await settle();
    expect([...states]).toEqual(['offline']);
    expect(buffered).toBe(0);
    expect(published).toBeGreaterThan(0);
    expect(await storedBySql()).toBe(published);
    expect(await bench.database.store.readings.totals()).toMatchObject({ stored: published, rejected: 0 });
  };

  it('while nothing goes wrong, from every gateway', async () => {
    await startGateway();
    await grows();
    await expectAllStored();
    expect(statuses.size).toBe(bench.pack.gateways.length);
  });

  it('with setpoints that come back as applied, refused and expired', async () => {
    const battery = bench.pack.venues.find((venue) => venue.battery);
    if (!battery) throw new Error('The pack has no battery.');
    const hour = 3_600_000;
    const send = (seq: number, change: object) => {
      const message = { plan: `e-${seq}`, seq, issued: event, from: event, valid_until: event + hour, unit: 'kW' };
      const topic = topics.setpoint(battery.id, 'battery');
      return bench.client.publishAsync(topic, JSON.stringify({ ...message, ...change }), { qos: 1 });
    };
    const states = async (seq: number) =>
      (await bench.database.store.operations.listOutcomes(`e-${seq}`)).map(({ state }) => state);
    await startGateway();
    await grows();
    await send(1, { value: 1 });
    await until('applied', async () => (await states(1)).includes('applied'));
    const outcomes = await bench.database.store.operations.listOutcomes('e-1');
    expect(outcomes.find(({ state }) => state === 'applied')).toMatchObject({
      target: `${battery.id}/battery`,
      measured: 1,
    });
    await send(2, { value: 1_000_000 });
    await until('refused', async () => (await states(2)).includes('refused'));
    await send(3, { value: 1, valid_until: event - hour });
    await until('expired', async () => (await states(3)).includes('expired'));
    const orders = { plan: 'd-1', seq: 1, issued: event, valid_until: event + hour };
    const trips = [{ line: 'A', pattern: 'A1', departs: event + 60_000 }];
    const vehicle = listVehicles(bench.pack.transport)[0]?.id ?? '';
    await bench.client.publishAsync(topics.orders(vehicle), JSON.stringify({ ...orders, trips }), { qos: 1 });
    await until('departed', async () =>
      (await bench.database.store.operations.listOutcomes('d-1')).some(({ state }) => state === 'applied'),
    );
    await expectAllStored();
  });

  it('after kill -9 of the gateway', async () => {
    await startGateway();
    await grows();
    await stopGateway('SIGKILL');
    await startGateway();
    await grows();
    await expectAllStored();
  });

  it('after the network to ingest was cut and ingest was started again', async () => {
    await startGateway();
    await grows();
    bench.proxy.cut();
    await grows();
    await ingest.stop();
    await delay(500);
    ingest = await bench.startIngest();
    await grows();
    await expectAllStored();
  });

  it('after a pause of the database', async () => {
    await startGateway();
    await grows();
    const holder = await bench.database.store.pool.connect();
    await holder.query('begin; lock table reading in access exclusive mode');
    await delay(1_500);
    await holder.query('rollback');
    holder.release();
    await grows();
    await expectAllStored();
  });

  it('after the broker was started again', async () => {
    await startGateway();
    await grows();
    await bench.restartBroker();
    await grows();
    await expectAllStored();
  });
});
