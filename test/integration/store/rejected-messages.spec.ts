import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS } from '#libs/kernel';
import type { OperationsStore } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { batchOf } from './fixtures.js';

const message = (reason: string, readings: number, payload = Buffer.from('{}')) => ({
  topic: 'venueflow/v1/dome/gw/readings',
  payload,
  reason,
  readings,
});

describe('rejected messages', () => {
  let database: TestDatabase;
  let operations: OperationsStore;
  const reject = (...rejected: readonly ReturnType<typeof message>[]) =>
    database.store.readings.write({ ...batchOf(), rejected });

  beforeAll(async () => {
    database = await openTestDatabase();
    ({ operations } = database.store);
  });
  afterAll(() => database.close());

  it('are none at first', async () => {
    expect(await operations.listRejected(10)).toEqual([]);
    expect(await operations.countRejected(epochMs(0))).toEqual([]);
  });

  it('are listed newest first, with any bytes and the wall time', async () => {
    const before = Date.now();
    const binary = Buffer.from([0xff, 0x00, 0x01]);
    await reject(message('not_json: Unexpected token', 1, binary));
    await reject(message('unknown_point: "a" is not in the pack', 3), message('unknown_point: "b"', 2));
    const [newest, , oldest] = await operations.listRejected(10);
    expect(newest).toMatchObject({ reason: 'unknown_point: "b"', readings: 2 });
    expect(oldest).toMatchObject({ topic: 'venueflow/v1/dome/gw/readings', readings: 1 });
    expect(Buffer.from(oldest?.payload ?? []).equals(binary)).toBe(true);
    expect(Math.abs((oldest?.at ?? 0) - before)).toBeLessThan(60_000);
    expect(await operations.listRejected(1)).toEqual([newest]);
  });

  it('are counted by reason, the most readings first', async () => {
    expect(await operations.countRejected(epochMs(Date.now() - HOUR_MS))).toEqual([
      { code: 'unknown_point', messages: 2, readings: 5 },
      { code: 'not_json', messages: 1, readings: 1 },
    ]);
  });

  it('are counted since a time', async () => {
    const { pool } = database.store;
    await pool.query(`update rejected_message set at = now() - interval '61 minutes' where reason like 'not_json%'`);
    const since = epochMs(Date.now() - HOUR_MS);
    expect((await operations.countRejected(since)).map(({ code }) => code)).toEqual(['unknown_point']);
    await pool.query(`update rejected_message set at = now() - interval '2 hours'`);
    expect(await operations.countRejected(since)).toEqual([]);
  });
});
