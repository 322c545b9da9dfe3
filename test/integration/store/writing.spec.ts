import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import type { ReadingRow, ReadingStore } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

describe('writing', () => {
  let database: TestDatabase;
  let readings: ReadingStore;
  let point = 0;

  beforeAll(async () => {
    database = await openTestDatabase();
    readings = database.store.readings;
  });
  beforeEach(() => {
    point += 10_000;
  });
  afterAll(async () => {
    await database.close();
  });

  const stored = async (from: number, to: number): Promise<readonly ReadingRow[]> =>
    readings.raw(
      Array.from({ length: to - from }, (_, index) => from + index),
      at(-10_000),
      at(10_000),
    );

  it('counts what is new, in batches that are all new, partly new and not new at all', async () => {
    const rows = Array.from({ length: 6_000 }, (_, index) => reading(point + (index % 100), at(index / 100), index));
    expect(await readings.write(batchOf(...rows.slice(0, 4_000)))).toEqual({ inserted: 4_000, duplicates: 0 });
    expect(await readings.write(batchOf(...rows))).toEqual({ inserted: 2_000, duplicates: 4_000 });
    expect(await readings.write(batchOf(...rows))).toEqual({ inserted: 0, duplicates: 6_000 });
    expect(await stored(point, point + 100)).toHaveLength(6_000);
  });

  it('keeps the first of a duplicate, within a batch and between batches', async () => {
    await readings.write(batchOf(reading(point, NOON, 1), reading(point, NOON, 2)));
    await readings.write(batchOf(reading(point, NOON, 3)));
    expect(await stored(point, point + 1)).toEqual([reading(point, NOON, 1)]);
  });

  it('keeps every row exactly', async () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      reading(
        point + (index % 7),
        epochMs(NOON + index * 61_003),
        (random() - 0.5) * 10 ** (random() * 600 - 300),
        index,
      ),
    );
    await readings.write(batchOf(...rows));
    expect(await stored(point, point + 7)).toEqual(rows);
  });

  it('of the same rows in two orders at once stores each row once', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const rows = Array.from({ length: 2_000 }, (_, index) => reading(point + index, at(turn), index));
      const both = [rows, rows.toReversed()].map((some) => readings.write(batchOf(...some)));
      const results = await Promise.all(both);
      expect(results.map(({ inserted }) => inserted).toSorted((a, b) => a - b)).toEqual([0, 2_000]);
    }
  });

  it('is all or nothing when a later statement of its transaction fails', async () => {
    const receipts = [{ venue: 'dome', gateway: 'g1', seq: 1.5 }];
    await expect(readings.write({ ...batchOf(reading(point, NOON, 1)), receipts })).rejects.toThrow('bigint');
    expect(await stored(point, point + 1)).toEqual([]);
    const { rows } = await database.store.pool.query('select from rollup_pending where $1 = any (point_ids)', [point]);
    expect(rows).toEqual([]);
  });

  it('marks each minute of a batch with the points written in it', async () => {
    await readings.rollUp();
    await readings.write(batchOf(reading(point + 1, at(0.5), 1), reading(point, at(60), 1), reading(point, at(0), 1)));
    const { rows } = await database.store.pool.query('select bucket, point_ids from rollup_pending order by 1');
    expect(rows).toEqual([
      { bucket: new Date(at(0)), point_ids: [point, point + 1] },
      { bucket: new Date(at(0) + 60 * MINUTE_MS), point_ids: [point] },
    ]);
  });

  it('refuses ids and qualities that are none', async () => {
    for (const wrong of [-1, 0.5, 2 ** 31, Number.NaN]) {
      await expect(readings.write(batchOf(reading(wrong, NOON, 1)))).rejects.toThrow('out of range');
    }
    await expect(readings.write(batchOf(reading(point, NOON, 1, 2 ** 15)))).rejects.toThrow('out of range');
  });
});
