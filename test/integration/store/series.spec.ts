import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import type { ReadingStore, SeriesStep } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

const SECOND_MS = 1_000;

/** The hour from noon, a reading every ten seconds of whole numbers, in no order. */
const anHour = (point: number) => {
  const random = seededRandom(point);
  return Array.from({ length: 360 }, (_, index) =>
    reading(point, epochMs(NOON + index * 10 * SECOND_MS), Math.floor(random() * 100)),
  ).toSorted(() => random() - 0.5);
};

/** What a series must give, from the readings themselves. */
const stepsOf = (rows: readonly { ts: number; value: number }[], stepMs: number): readonly SeriesStep[] => {
  const steps = new Map<number, number[]>();
  for (const row of rows.toSorted((a, b) => a.ts - b.ts)) {
    const index = Math.floor((row.ts - NOON) / stepMs);
    steps.set(index, [...(steps.get(index) ?? []), row.value]);
  }
  return [...steps].map(([index, values]) => {
    return {
      ts: epochMs(NOON + index * stepMs),
      min: Math.min(...values),
      max: Math.max(...values),
      sum: values.reduce((sum, value) => sum + value, 0),
      count: values.length,
      last: values.at(-1) ?? Number.NaN,
    };
  });
};

describe('series', () => {
  let database: TestDatabase;
  let readings: ReadingStore;
  let point = 0;

  beforeAll(async () => {
    database = await openTestDatabase();
    readings = database.store.readings;
  });
  beforeEach(() => {
    point += 10;
  });
  afterAll(async () => {
    await database.close();
  });

  it.each([10 * SECOND_MS, MINUTE_MS, 7 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS])(
    'in steps of %d ms are the same before and after the roll-up',
    async (stepMs) => {
      const rows = anHour(point);
      await readings.write(batchOf(...rows));
      expect(await readings.series(point, NOON, at(60), stepMs)).toEqual(stepsOf(rows, stepMs));
      await readings.rollUp();
      expect(await readings.series(point, NOON, at(60), stepMs)).toEqual(stepsOf(rows, stepMs));
    },
  );

  it('are read from the rollups once these are made', async () => {
    if (database.store.tier === 'timescaledb_community') return;
    await readings.write(batchOf(...anHour(point)));
    await readings.rollUp();
    await database.store.pool.query('update reading_1m set sum = -1 where point_id = $1', [point]);
    await database.store.pool.query('update reading_15m set sum = -15 where point_id = $1', [point]);
    expect((await readings.series(point, at(0), at(2), MINUTE_MS)).map((step) => step.sum)).toEqual([-1, -1]);
    expect((await readings.series(point, at(0), at(30), 15 * MINUTE_MS)).map((step) => step.sum)).toEqual([-15, -15]);
  });

  it('that end inside a bucket stop there', async () => {
    const rows = anHour(point);
    await readings.write(batchOf(...rows));
    await readings.rollUp();
    const end = epochMs(at(37) + 25 * SECOND_MS);
    const inside = rows.filter((row) => row.ts < end);
    for (const stepMs of [MINUTE_MS, 15 * MINUTE_MS]) {
      expect(await readings.series(point, NOON, end, stepMs)).toEqual(stepsOf(inside, stepMs));
    }
  });

  it('may start anywhere: steps count from there', async () => {
    await readings.write(batchOf(reading(point, at(5), 1), reading(point, at(9), 2), reading(point, at(20), 4)));
    await readings.rollUp();
    const steps = await readings.series(point, at(5), at(35), 15 * MINUTE_MS);
    expect(steps.map(({ ts, sum }) => [ts, sum])).toEqual([
      [at(5), 3],
      [at(20), 4],
    ]);
  });

  it('take in what comes late, also into minutes that were rolled up', async () => {
    await readings.write(batchOf(reading(point, at(0), 10)));
    await readings.rollUp();
    await readings.write(batchOf(reading(point, epochMs(at(0) + 30 * SECOND_MS), 20), reading(point, at(-1), 5)));
    const expected = [{ ts: at(-15), min: 5, max: 5, sum: 5, count: 1, last: 5 }];
    const noon = { ts: at(0), min: 10, max: 20, sum: 30, count: 2, last: 20 };
    expect(await readings.series(point, at(-15), at(15), 15 * MINUTE_MS)).toEqual([...expected, noon]);
    expect(await readings.rollUp()).toBeGreaterThan(0);
    expect(await readings.rollUp()).toBe(0);
    expect(await readings.series(point, at(-15), at(15), 15 * MINUTE_MS)).toEqual([...expected, noon]);
    const { rows } = await database.store.pool.query(
      'select sum, count from reading_1m where point_id = $1 and bucket = $2',
      [point, new Date(NOON)],
    );
    expect(rows).toEqual([{ sum: 30, count: 2 }]);
  });

  it('leave gaps as gaps', async () => {
    await readings.write(batchOf(reading(point, at(0), 1), reading(point, at(45), 2)));
    await readings.rollUp();
    const steps = await readings.series(point, at(0), at(60), 15 * MINUTE_MS);
    expect(steps.map((step) => step.ts)).toEqual([at(0), at(45)]);
  });

  it('leave out what is bad', async () => {
    await readings.write(
      batchOf(
        reading(point, at(0), 1),
        reading(point, epochMs(at(0) + 1), 999, QUALITY.bad),
        reading(point, at(1), 999, QUALITY.bad + 16),
        reading(point, at(2), 3, QUALITY.uncertain),
      ),
    );
    const sums = async () => (await readings.series(point, at(0), at(3), MINUTE_MS)).map((step) => [step.ts, step.sum]);
    const expected = [
      [at(0), 1],
      [at(2), 3],
    ];
    expect(await sums()).toEqual(expected);
    await readings.rollUp();
    expect(await sums()).toEqual(expected);
  });

  it('have at most 5,000 steps', async () => {
    await expect(readings.series(point, NOON, at(5_000), MINUTE_MS)).resolves.toEqual([]);
    await expect(readings.series(point, NOON, at(5_001), MINUTE_MS)).rejects.toThrow('5001 steps');
    await expect(readings.series(point, NOON, at(1), 0)).rejects.toThrow(RangeError);
    await expect(readings.series(point, at(1), NOON, MINUTE_MS)).rejects.toThrow(RangeError);
  });

  it('miss nothing that is written while they are rolled up', async () => {
    const rows = Array.from({ length: 60 }, (_, second) => reading(point, epochMs(NOON + second * SECOND_MS), second));
    const rolling = { on: true };
    const roll = (async () => {
      while (rolling.on) await readings.rollUp();
    })();
    for (const row of rows) await readings.write(batchOf(row));
    rolling.on = false;
    await roll;
    await readings.rollUp();
    const { rows: stored } = await database.store.pool.query('select count from reading_1m where point_id = $1', [
      point,
    ]);
    expect(stored).toEqual([{ count: 60 }]);
  });
});
