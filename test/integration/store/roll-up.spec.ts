import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

describe('rolling up', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  /** As if what is marked now had been marked some seconds earlier. */
  const pass = (seconds: number) =>
    database.store.pool.query(`update rollup_pending set marked_at = marked_at - make_interval(secs => $1)`, [seconds]);
  const pending = async () => (await database.store.pool.query('select from rollup_pending')).rowCount;

  it('settled minutes only leaves those that are still being written to, for 75 s at most', async () => {
    const { readings } = database.store;
    await readings.write(batchOf(reading(1, at(0), 1)));
    expect(await readings.rollUp({ settled: true })).toBe(0);
    for (let turn = 1; turn <= 18; turn += 1) {
      await pass(4);
      await readings.write(batchOf(reading(1, epochMs(NOON + turn * 1_000), 1)));
    }
    expect(await readings.rollUp({ settled: true })).toBe(0);
    expect(await pending()).toBe(19);
    await pass(4);
    expect(await readings.rollUp({ settled: true })).toBeGreaterThan(0);
    expect(await pending()).toBe(0);
    expect(await readings.series(1, at(0), at(1), 60_000)).toMatchObject([{ count: 19 }]);
  });

  it('a minute settles when nothing was written to it for 5 s, whatever others do', async () => {
    const { readings } = database.store;
    await readings.write(batchOf(reading(1, at(0), 1)));
    await pass(6);
    await readings.write(batchOf(reading(1, at(1), 1)));
    expect(await readings.rollUp({ settled: true })).toBeGreaterThan(0);
    const { rows } = await database.store.pool.query('select bucket from rollup_pending');
    expect(rows).toEqual([{ bucket: new Date(at(1)) }]);
    await readings.rollUp();
    expect(await pending()).toBe(0);
  });

  it('catches up after hours of being away, in rounds', async () => {
    const { readings, pool } = database.store;
    const points = Array.from({ length: 5_000 }, (_, point) => point);
    await readings.write(batchOf(...points.map((point) => reading(point, at(180), point))));
    await readings.write(batchOf(...Array.from({ length: 200 }, (_, minute) => reading(7, at(minute), minute))));
    await pool.query(
      `insert into rollup_pending (bucket, point_ids)
       select bucket, point_ids from rollup_pending cross join generate_series(1, 600) where cardinality(point_ids) > 1_000`,
    );
    await readings.rollUp();
    expect(await pending()).toBe(0);
    // The busy minute was made in parts: its first point, one in the middle, its last.
    for (const point of [0, 2_500, 4_999]) {
      expect(await readings.series(point, at(180), at(181), 60_000)).toMatchObject([{ count: 1, sum: point }]);
      expect(await readings.series(point, at(180), at(195), 900_000)).toMatchObject([{ count: 1 }]);
    }
    const steps = await readings.series(7, at(0), at(300), 900_000);
    expect(steps.reduce((sum, step) => sum + step.count, 0)).toBe(200);
  });
});
