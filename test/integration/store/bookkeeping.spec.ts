import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

const message = (payload: string, readings: number) => ({
  topic: 'venueflow/v1/dome/g1/readings',
  payload: Buffer.from(payload),
  reason: `not JSON: ${payload.slice(0, 20)}`,
  readings,
});

describe('what is kept with a batch', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  it('totals count readings: stored, imported and rejected', async () => {
    const { readings } = database.store;
    await readings.write({ ...batchOf(reading(1, at(0), 1), reading(1, at(1), 1)), rejected: [message('{', 3)] });
    await readings.write(batchOf(reading(1, at(1), 1), reading(1, at(2), 1)));
    await readings.importHistory([reading(1, at(-1), 1)]);
    expect(await readings.totals()).toEqual({ stored: 3, imported: 1, rejected: 3 });
  });

  it('a batch whose commit was not heard of is counted once, rejected messages too', async () => {
    const { readings } = database.store;
    const batch = { ...batchOf(reading(1, NOON, 1)), rejected: [message('{', 1)] };
    await readings.write(batch);
    await readings.write(batch);
    expect(await readings.totals()).toEqual({ stored: 1, imported: 0, rejected: 1 });
    await readings.write({ ...batchOf(), rejected: [message('{', 1)] });
    expect((await readings.totals()).rejected).toBe(2);
  });

  it('receipts only go up', async () => {
    const { readings } = database.store;
    const receipt = (gateway: string, seq: number) => ({ venue: 'dome', gateway, seq });
    await readings.write({
      ...batchOf(),
      receipts: [receipt('g2', 5), receipt('g1', 1_767_700_000_000), receipt('g2', 7)],
    });
    await readings.write({ ...batchOf(), receipts: [receipt('g2', 6)] });
    expect(await readings.receipts()).toEqual([receipt('g1', 1_767_700_000_000), receipt('g2', 7)]);
  });

  it('a batch that fails leaves no receipt, no total and no rejected message', async () => {
    const { readings, pool } = database.store;
    const batch = {
      readings: [reading(2 ** 40, NOON, 1)],
      receipts: [{ venue: 'dome', gateway: 'g1', seq: 1 }],
      rejected: [message('{', 1)],
    };
    await expect(readings.write(batch)).rejects.toThrow('out of range');
    expect(await readings.receipts()).toEqual([]);
    expect(await readings.totals()).toEqual({ stored: 0, imported: 0, rejected: 0 });
    expect((await pool.query('select from rejected_message')).rowCount).toBe(0);
  });

  it('rejected messages keep 4 KiB, any bytes, and NUL in their topic', async () => {
    const { readings, pool } = database.store;
    const payload = Buffer.alloc(5_000, 0xff);
    await readings.write({ ...batchOf(), rejected: [{ topic: 'a\0b', payload, reason: '\0', readings: 1 }] });
    const { rows } = await pool.query('select topic, length(payload) as bytes, readings from rejected_message');
    expect(rows).toEqual([{ topic: 'a\ufffdb', bytes: 4_096, readings: 1 }]);
  });

  it('no more than 100,000 rejected messages stay, the newest', async () => {
    const { readings, pool } = database.store;
    const flood = (count: number) => Array.from({ length: count }, (_, index) => message(`${index}`, 1));
    await readings.write({ ...batchOf(), rejected: flood(60_000) });
    await readings.write({ ...batchOf(), rejected: flood(60_000) });
    const { rows } = await pool.query(
      'select count(*)::integer as rows, max(id)::integer as newest from rejected_message',
    );
    expect(rows).toEqual([{ rows: 100_000, newest: 120_000 }]);
    expect((await readings.totals()).rejected).toBe(120_000);
  });
});
