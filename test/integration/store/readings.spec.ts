import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, MINUTE_MS } from '#libs/kernel';
import type { ReadingRow, ReadingStore } from '#libs/store';
import { QUALITY, QUALITY_IMPORTED } from '#libs/telemetry';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

describe('readings', () => {
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

  it('are empty at first, and no longer after the first write', async () => {
    expect(await readings.isEmpty()).toBe(true);
    await readings.write(batchOf(reading(point, NOON, 1)));
    expect(await readings.isEmpty()).toBe(false);
  });

  it('are stored once, however often they come', async () => {
    const batch = batchOf(reading(point, at(0), 1), reading(point, at(1), 2), reading(point, at(1), 2));
    expect(await readings.write(batch)).toEqual({ inserted: 2, duplicates: 1 });
    expect(await readings.write(batch)).toEqual({ inserted: 0, duplicates: 3 });
    expect(await readings.raw([point], at(0), at(2))).toEqual([reading(point, at(0), 1), reading(point, at(1), 2)]);
  });

  it('keep their milliseconds and every digit of their value', async () => {
    const rows = [
      reading(point, epochMs(NOON + 1), 0.1 + 0.2, QUALITY.uncertain),
      reading(point, epochMs(NOON + 999), -1e-300, QUALITY.bad),
    ];
    await readings.write(batchOf(...rows));
    expect(await readings.raw([point], at(0), at(1))).toEqual(rows);
  });

  it('may be written by several at once', async () => {
    const rows = Array.from({ length: 500 }, (_, minute) => reading(point, at(minute), minute));
    const results = await Promise.all([rows, rows.toReversed(), rows].map((some) => readings.write(batchOf(...some))));
    expect(results.reduce((sum, result) => sum + result.inserted, 0)).toBe(500);
  });

  it('find room on days that nobody made ahead, months early and years late', async () => {
    const days = [-3_000, -34, 0, 200];
    await readings.write(batchOf(...days.map((day) => reading(point, epochMs(NOON + day * DAY_MS), day))));
    const latest = await readings.latest([point, point + 1]);
    expect([...latest]).toEqual([[point, reading(point, epochMs(NOON + 200 * DAY_MS), 200)]]);
  });

  it('are refused as a whole when a time or value is no time or value', async () => {
    const good = reading(point, NOON, 1);
    for (const wrong of [Number.NaN, -1e15, 8.64e15, Math.floor(NOON / 1000)]) {
      await expect(readings.write(batchOf(good, reading(point, epochMs(wrong), 1)))).rejects.toThrow(RangeError);
    }
    await expect(readings.write(batchOf(good, reading(point, NOON, Number.NaN)))).rejects.toThrow('finite');
    expect(await readings.raw([point], at(0), at(1))).toEqual([]);
  });

  it('of more than a hundred new days are no batch', async () => {
    if (database.store.tier !== 'postgresql') return;
    const rows = Array.from({ length: 101 }, (_, day) => reading(point, epochMs(NOON + (day + 1_000) * DAY_MS), 1));
    await expect(readings.write(batchOf(...rows))).rejects.toThrow('101 new partitions');
  });
});

describe('history', () => {
  let database: TestDatabase;
  let readings: ReadingStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    readings = database.store.readings;
  });
  afterAll(async () => {
    await database.close();
  });

  function* twoWeeks(): Generator<ReadingRow> {
    for (let minute = 0; minute < 14 * 1440; minute += 1) yield reading(1, at(minute), minute % 10);
  }

  it('that breaks off midway leaves the store empty', async () => {
    function* brokenOff(): Generator<ReadingRow> {
      yield* twoWeeks();
      throw new Error('the machine went down');
    }
    await expect(readings.importHistory(brokenOff())).rejects.toThrow('the machine went down');
    expect(await readings.isEmpty()).toBe(true);
    expect(await readings.totals()).toEqual({ stored: 0, imported: 0, rejected: 0 });
  });

  it('that fails while the next rows are made rejects, and does not end the program', async () => {
    // In a program of its own: jest hears of no rejection that nobody handles.
    const program = `
      import { setTimeout as delay } from 'node:timers/promises';
      import { Store } from '${pathToFileURL(resolve('dist/libs/store/src/index.js')).href}';
      const store = await Store.open(process.argv[1]);
      const rows = async function* () {
        for (let minute = 0; minute <= 20_000; minute += 1) {
          if (minute === 20_000) await delay(200);
          yield { pointId: 1, ts: ${at(0)} + minute * 60_000, value: minute === 0 ? NaN : 1, quality: 0 };
        }
      };
      await store.readings.importHistory(rows()).catch((error) => console.log(error.message));
      await store.close();`;
    const words = ['--input-type=module', '-e', program, database.url];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    expect(stdout).toMatch(/NaN/);
  }, 30_000);

  it('is marked, counted apart and rolled up', async () => {
    const seen: number[] = [];
    expect(await readings.importHistory(twoWeeks(), (rows) => seen.push(rows))).toBe(20_160);
    expect(seen.at(-1)).toBe(20_160);
    expect(await readings.totals()).toEqual({ stored: 0, imported: 20_160, rejected: 0 });
    expect(await readings.raw([1], at(3), at(4))).toEqual([reading(1, at(3), 3, QUALITY_IMPORTED)]);
    const { rows } = await database.store.pool.query('select count(*)::integer as rows from reading_15m');
    expect(rows).toEqual([{ rows: 1_344 }]);
    const [step] = await readings.series(1, at(0), at(60), 60 * MINUTE_MS);
    expect(step).toEqual({ ts: at(0), min: 0, max: 9, sum: 270, count: 60, last: 9 });
  });

  it('imported twice changes nothing', async () => {
    expect(await readings.importHistory(twoWeeks())).toBe(0);
    expect((await readings.totals()).imported).toBe(20_160);
  });
});
