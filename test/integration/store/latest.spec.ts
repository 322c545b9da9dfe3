import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, NOON, reading } from './fixtures.js';

describe('latest readings', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  const values = async (points: readonly number[]): Promise<readonly (number | undefined)[]> => {
    const latest = await database.store.readings.latest(points);
    return points.map((point) => latest.get(point)?.value);
  };
  const write = (...rows: readonly ReturnType<typeof reading>[]) => database.store.readings.write(batchOf(...rows));

  it('follow each point at every call, also one that was silent for months', async () => {
    await write(reading(1, NOON, 1), reading(2, epochMs(NOON - 80 * DAY_MS), 2));
    expect(await values([1, 2, 3])).toEqual([1, 2, undefined]);
    await write(reading(1, at(1), 11), reading(2, at(1), 12), reading(3, at(1), 13), reading(1, at(-60), 0));
    expect(await values([1, 2, 3, 4])).toEqual([11, 12, 13, undefined]);
  });

  it('are seen at once in a store that was empty', async () => {
    expect(await values([1, 2, 3])).toEqual([undefined, undefined, undefined]);
    await write(reading(1, NOON, 1), reading(2, NOON, 2), reading(3, NOON, 3));
    expect(await values([1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('are not hidden by a clock that runs months ahead', async () => {
    const points = [1, 2, 3, 4, 5, 6];
    await write(...points.map((point) => reading(point, NOON, point)), reading(7, epochMs(NOON + 60 * DAY_MS), 7));
    expect(await values([...points, 7])).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await write(...points.map((point) => reading(point, at(1), point * 10)));
    expect(await values([...points, 7])).toEqual([10, 20, 30, 40, 50, 60, 7]);
  });

  it('that come days late for a silent point are seen within sixty calls', async () => {
    await write(reading(1, NOON, 1));
    expect(await values([1, 2])).toEqual([1, undefined]);
    await write(reading(2, epochMs(NOON - 2 * DAY_MS), 2));
    for (let call = 0; call < 60; call += 1) await values([1, 2]);
    expect(await values([1, 2])).toEqual([1, 2]);
  });

  it('are given for a point that was never asked for before, however old', async () => {
    await write(reading(1, NOON, 1), reading(2, epochMs(NOON - 20 * DAY_MS), 2));
    expect(await values([1])).toEqual([1]);
    expect(await values([2])).toEqual([2]);
  });
});
