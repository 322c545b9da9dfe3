import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

const daysAfter = (days: number) => epochMs(NOON + days * DAY_MS);

describe('maintenance', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  const partitions = async (): Promise<readonly string[]> => {
    const { rows } = await database.store.pool.query<{ name: string }>(
      `select relname as name from pg_inherits join pg_class on oid = inhrelid
       where inhparent = 'reading'::regclass order by 1`,
    );
    return rows.map((row) => row.name);
  };

  it('makes partitions from yesterday to three days ahead', async () => {
    if (database.store.tier !== 'postgresql') return;
    await database.store.readings.maintain(NOON);
    await database.store.readings.maintain(NOON);
    expect(await partitions()).toEqual(['05', '06', '07', '08', '09'].map((day) => `reading_p202602${day}`));
  });

  it('drops readings after 90 days, and their minutes and quarter-hours later', async () => {
    const { readings, pool } = database.store;
    const ages = [1, 89, 92, 399, 440, 1_000, 1_200];
    await readings.write(batchOf(...ages.map((age) => reading(1, daysAfter(-age), age))));
    await readings.rollUp();
    await readings.maintain(NOON);
    const kept = async (table: string, value: string) =>
      (await pool.query<{ age: number }>(`select ${value}::integer as age from ${table} order by 1`)).rows.map(
        (row) => row.age,
      );
    expect(await kept('reading', 'value')).toEqual([1, 89]);
    expect(await kept('reading_1m', 'last')).toEqual([1, 89, 92, 399]);
    expect(await kept('reading_15m', 'last')).toEqual([1, 89, 92, 399, 440, 1_000]);
  });

  it('lets another process write again into what this one dropped', async () => {
    const { readings, pool, tier } = database.store;
    const old = batchOf(reading(1, daysAfter(-100), 1));
    await readings.write(old);
    if (tier === 'postgresql') await pool.query('drop table reading_p20251029');
    else await pool.query('delete from reading');
    expect(await readings.write(old)).toEqual({ inserted: 1, duplicates: 0 });
  });

  it('runs while others write', async () => {
    const { readings } = database.store;
    const writes = Array.from({ length: 20 }, (_, index) =>
      readings.write(batchOf(reading(index, at(index * 1440), 1), reading(index, at(-index * 1440), 1))),
    );
    await Promise.all([...writes, readings.maintain(NOON), readings.maintain(daysAfter(10)), readings.rollUp()]);
    expect((await readings.totals()).stored).toBe(39);
  });

  it('forgets old rejected messages, forecasts, outcomes and trips', async () => {
    const { readings, operations, pool } = database.store;
    await readings.write({
      ...batchOf(),
      rejected: [{ topic: 't', payload: Buffer.from('x'), reason: 'r', readings: 1 }],
    });
    await pool.query(`update rejected_message set at = now() - interval '31 days'`);
    const values = [{ pointId: 1, ts: NOON, value: 1 }];
    await operations.saveForecast({ id: 'old', made: daysAfter(-4), method: 'naive', values });
    await operations.saveForecast({ id: 'new', made: NOON, method: 'naive', values });
    await readings.maintain(NOON);
    expect((await pool.query('select from rejected_message')).rowCount).toBe(0);
    expect((await pool.query('select run from forecast_value')).rows).toEqual([{ run: 'new' }]);
    expect((await pool.query('select id from forecast_run')).rows).toEqual([{ id: 'new' }]);
  });
});
