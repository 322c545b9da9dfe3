import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import { topics } from '#libs/telemetry';
import { DiskBuffer } from '../../../apps/gateway/src/buffer/disk-buffer.js';
import { Uplink } from '../../../apps/gateway/src/uplink.js';
import type { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { type Bench, openBench, until } from './bench.js';

describe('ingest acknowledges after commit', () => {
  let bench: Bench;
  let ingest: Ingest;
  let venue: string;
  let gateway: string;
  let seq = Date.now();
  /** Each reading has a time of its own. */
  let ts = Date.now() - DAY_MS;
  const receipts = new Map<string, number>();

  beforeAll(async () => {
    bench = await openBench();
    const [first] = bench.pack.gateways;
    if (!first) throw new Error('The pack has no gateway.');
    [venue, gateway] = [first.venue, first.id];
    bench.client.on('message', (topic, payload) => {
      if (payload.length > 0) receipts.set(topic, (JSON.parse(payload.toString()) as { seq: number }).seq);
    });
    await bench.client.subscribeAsync(topics.stored('+', '+'), { qos: 1 });
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    ingest = await bench.startIngest();
    // Sent until it is subscribed: a first session has no queue yet.
    await until('ingest subscribes', async () => {
      await publish(1);
      await delay(150);
      return receipt() === seq - 1;
    });
  });
  afterEach(() => ingest.stop());

  const publish = async (readings: number): Promise<void> => {
    const first = seq;
    seq += 1;
    const message = {
      seq: first,
      oldest: first,
      readings: Array.from({ length: readings }, () => ({
        point: 'load.active_power',
        ts: ts++,
        value: 1,
        unit: 'kW',
        quality: 'good',
      })),
    };
    await bench.client.publishAsync(topics.readings(venue, gateway), JSON.stringify(message), { qos: 1 });
  };
  const receipt = () => receipts.get(topics.stored(venue, gateway));
  const stored = async () => (await bench.database.store.readings.totals()).stored;

  it('sends neither PUBACK nor receipt while the table is locked, and both after', async () => {
    await until('all is receipted', () => receipt() === seq - 1);
    const [before, acks] = [await stored(), bench.proxy.pubacks()];
    const holder = await bench.database.store.pool.connect();
    try {
      await holder.query('begin; lock table reading in access exclusive mode');
      for (let count = 0; count < 5; count++) await publish(20);
      await delay(500);
      expect(bench.proxy.pubacks()).toBe(acks);
      expect(receipt()).toBe(seq - 6);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await until('all is receipted', () => receipt() === seq - 1);
    await until('all is acknowledged', () => bench.proxy.pubacks() === acks + 5);
    expect(await stored()).toBe(before + 100);
  });

  it('stores what came while every connection to the database was cut', async () => {
    await until('all is receipted', () => receipt() === seq - 1);
    const before = await stored();
    const cut = setInterval(() => {
      void bench.database.store.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
        )
        .catch(() => undefined);
    }, 30);
    try {
      for (let count = 0; count < 20; count++) {
        await publish(20);
        await delay(30);
      }
    } finally {
      clearInterval(cut);
    }
    await until('all is receipted', () => receipt() === seq - 1);
    expect(await stored()).toBe(before + 400);
  });

  it('stores each reading once when the connection to the broker is cut between read and commit', async () => {
    await until('all is receipted', () => receipt() === seq - 1);
    const before = await stored();
    for (let round = 0; round < 5; round++) {
      for (let count = 0; count < 10; count++) await publish(20);
      bench.proxy.cut();
    }
    await until('all is stored', async () => (await stored()) >= before + 1_000);
    await delay(300);
    expect(await stored()).toBe(before + 1_000);
  });

  it('leaves a broker whose messages it cannot store, and comes back for them', async () => {
    await until('all is receipted', () => receipt() === seq - 1);
    await ingest.stop();
    ingest = await bench.startIngest({ maxPending: 10 });
    const before = await stored();
    const holder = await bench.database.store.pool.connect();
    try {
      await holder.query('begin; lock table reading in access exclusive mode');
      for (let count = 0; count < 40; count++) await publish(20);
      await until('it leaves', () => bench.warnings.some((line) => line.includes('leaving the broker')));
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await until('all is receipted', () => receipt() === seq - 1);
    expect(await stored()).toBe(before + 800);
  });

  it('takes readings of an event time far ahead of the wall that wait for it, before it hears the clock', async () => {
    const { operations, readings } = bench.database.store;
    await ingest.stop();
    await operations.saveClock(epochMs(Date.now() + 3 * DAY_MS));
    const { rejected } = await readings.totals();
    const before = await stored();
    const present = ts;
    ts = Date.now() + 3 * DAY_MS;
    await publish(20);
    ts = present;
    ingest = await bench.startIngest();
    await until('all is receipted', () => receipt() === seq - 1);
    expect([await stored(), (await readings.totals()).rejected]).toEqual([before + 20, rejected]);
  });

  it('keeps what it cannot read with the reason, and what became of setpoints', async () => {
    const { pool, operations, readings } = bench.database.store;
    const rejected = (await readings.totals()).rejected;
    await bench.client.publishAsync(topics.readings(venue, gateway), 'no json', { qos: 1 });
    const result = { plan: 'e-1', seq: 1, state: 'applied', measured: 3, ts: 1_000 };
    await bench.client.publishAsync(topics.setpointResult(venue, 'battery'), JSON.stringify(result), { qos: 1 });
    const hostile = JSON.stringify({ ...result, plan: 'e-\u0000' });
    await bench.client.publishAsync(topics.ordersResult('bull-01'), hostile, { qos: 1 });
    // Too long for the key of the outcomes, which do not compress it.
    const long = JSON.stringify({ ...result, plan: randomBytes(6_000).toString('base64') });
    await bench.client.publishAsync(topics.ordersResult('bull-01'), long, { qos: 1 });
    await bench.client.publishAsync(topics.ordersResult('bus-99'), JSON.stringify(result), { qos: 1 });
    await until('outcome', async () => (await operations.listOutcomes('e-1')).length === 1);
    await until('rejected', async () => (await readings.totals()).rejected === rejected + 4);
    const { rows } = await pool.query<{ reason: string }>('select reason from rejected_message order by id');
    expect(rows.map(({ reason }) => reason.split(':')[0])).toEqual([
      'not_json',
      'not_storable',
      'wrong_shape',
      'unknown_vehicle',
    ]);
    expect(await bench.metrics.text()).toContain(
      'venueflow_command_outcome_total{kind="setpoint",outcome="applied"} 1',
    );
  });

  it('gets again from the gateway what it stored past a gap and forgot when it was started again', async () => {
    await until('all is receipted', () => receipt() === seq - 1);
    const home = mkdtempSync(join(tmpdir(), 'venueflow-uplink-'));
    const buffer = new DiskBuffer({ directory: home, firstSeq: seq });
    const readings = topics.readings(venue, gateway);
    const send = (payload: string) => bench.client.publish(readings, payload, { qos: 1 });
    // The broker hands over the first message last.
    let late: string | undefined;
    const uplink = new Uplink(buffer, (payload) => {
      if (late) send(payload);
      late ??= payload;
      return true;
    });
    const onReceipt = (topic: string): void => {
      if (topic === topics.stored(venue, gateway)) uplink.onReceipt(receipt() ?? 0, Date.now());
    };
    bench.client.on('message', onReceipt);
    try {
      for (let minute = 0; minute < 3; minute++) {
        const reading = { point: 'load.active_power', ts: ts++, value: 1, unit: 'kW', quality: 'good' as const };
        buffer.append({ minute, soc_ratio: null, readings: [reading] });
      }
      seq = buffer.next;
      const [before, acks] = [await stored(), bench.proxy.pubacks()];
      uplink.onConnect(Date.now());
      uplink.pump(Date.now());
      await until('two are stored', async () => (await stored()) === before + 2);
      await until('two are acknowledged', () => bench.proxy.pubacks() >= acks + 2);
      await ingest.stop();
      send(late ?? '');
      await delay(1_000);
      ingest = await bench.startIngest();
      await until('all is receipted', () => {
        uplink.pump(Date.now());
        return buffer.buffered === 0;
      });
      expect(await stored()).toBe(before + 3);
    } finally {
      bench.client.off('message', onReceipt);
      buffer.close();
      rmSync(home, { recursive: true });
    }
  });

  it('writes what is at hand before it ends', async () => {
    const before = await stored();
    for (let count = 0; count < 20; count++) await publish(20);
    await delay(20);
    await ingest.stop();
    const atEnd = await stored();
    ingest = await bench.startIngest();
    await until('the rest', async () => (await stored()) === before + 400);
    expect(atEnd).toBeGreaterThan(before);
  });
});
