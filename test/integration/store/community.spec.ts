import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, MINUTE_MS } from '#libs/kernel';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

const daysAfter = (days: number) => epochMs(NOON + days * DAY_MS);

/** On any other server each test says that it was left out, and why. */
describe('TimescaleDB Community edition', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  const onCommunity = (name: string, test: () => Promise<void>) =>
    it(name, async () => {
      if (database.store.tier === 'timescaledb_community') await test();
      else
        process.stderr.write(
          `left out: "${name}" needs timescaledb.license = 'timescale', not ${database.store.tier}\n`,
        );
    });

  const chunkStates = async (): Promise<readonly { readonly day: string; readonly packed: boolean }[]> => {
    const { rows } = await database.store.pool.query<{ day: string; packed: boolean }>(
      `select range_start::date::text as day, is_compressed as packed from timescaledb_information.chunks
       where hypertable_name = 'reading' order by 1`,
    );
    return rows;
  };

  onCommunity('packs what no late reading reaches, by event time', async () => {
    const { readings } = database.store;
    await readings.write(batchOf(...[-40, -37, -36, -1, 0].map((day) => reading(1, daysAfter(day), day))));
    await readings.maintain(NOON);
    expect((await chunkStates()).filter(({ packed }) => packed).map(({ day }) => day)).toEqual([
      '2025-12-28',
      '2025-12-31',
    ]);
    const found = await readings.raw([1], daysAfter(-41), daysAfter(1));
    expect(found.map(({ value }) => value)).toEqual([-40, -37, -36, -1, 0]);
  });

  onCommunity('takes late readings into packed chunks once, rolls them up, and packs these again', async () => {
    const { readings, pool } = database.store;
    const rows = Array.from({ length: 600 }, (_, second) => reading(1, epochMs(daysAfter(-40) + second * 1_000), 1));
    await readings.write(batchOf(...rows));
    await readings.rollUp();
    await readings.maintain(NOON);
    const late = [rows[5], rows[599]].flatMap((row) => (row ? [row] : []));
    const fresh = reading(1, epochMs(daysAfter(-40) + 500), 7);
    expect(await readings.write(batchOf(fresh, ...late))).toEqual({ inserted: 1, duplicates: 2 });
    expect(await readings.write(batchOf(reading(2, daysAfter(-40), 3)))).toEqual({ inserted: 1, duplicates: 0 });
    await readings.rollUp();
    const [first] = await readings.series(1, daysAfter(-40), epochMs(daysAfter(-40) + MINUTE_MS), MINUTE_MS);
    expect(first).toMatchObject({ count: 61, sum: 67, max: 7 });
    const { rows: stored } = await pool.query('select sum, count from reading_1m where point_id = 1 and bucket = $1', [
      new Date(daysAfter(-40)),
    ]);
    expect(stored).toEqual([{ sum: 67, count: 61 }]);
    await readings.maintain(NOON);
    const { rows: partial } = await pool.query(`select from _timescaledb_catalog.chunk where status & 8 > 0`);
    expect(partial).toEqual([]);
  });

  onCommunity('has no job that drops or packs by wall time', async () => {
    const { rows } = await database.store.pool.query(
      `select proc_name from timescaledb_information.jobs where hypertable_name is not null`,
    );
    expect(rows).toEqual([]);
  });

  onCommunity('materialises the aggregates, the quarter from the minute', async () => {
    const { readings, pool } = database.store;
    await readings.write(batchOf(reading(1, at(0), 1), reading(1, at(14), 2), reading(1, at(15), 4)));
    await readings.rollUp();
    for (const [table, expected] of [
      ['reading_1m', 3],
      ['reading_15m', 2],
    ] as const) {
      await pool.query(`alter materialized view ${table} set (timescaledb.materialized_only = true)`);
      const { rows } = await pool.query<{ rows: number }>(`select count(*)::integer as rows from ${table}`);
      expect(rows).toEqual([{ rows: expected }]);
    }
  });
});
