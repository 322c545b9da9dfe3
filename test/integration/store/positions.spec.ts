import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, MINUTE_MS } from '#libs/kernel';
import type { PositionRow } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, NOON } from './fixtures.js';

const position = (vehicle: string, minutes: number, more: Partial<PositionRow> = {}): PositionRow => ({
  vehicle,
  ts: at(minutes),
  lat: 46.5,
  lon: 12.1,
  bearing: 90,
  speed_mps: 8.25,
  trip: 'A-1@1767700000000',
  occupancy: 31,
  ...more,
});

describe('positions of vehicles', () => {
  let database: TestDatabase;
  const write = (...positions: readonly PositionRow[]) =>
    database.store.readings.write({ readings: [], receipts: [], rejected: [], positions });
  const count = async () =>
    (await database.store.pool.query<{ rows: number }>('select count(*)::integer as rows from vehicle_position'))
      .rows[0]?.rows;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('come back as they were written, once', async () => {
    const silent = { bearing: null, speed_mps: null, trip: null, occupancy: null };
    const rows = [position('bus-1', 0), position('bus-2', 1, silent), position('bus-1', 2)];
    await write(...rows);
    await write(...rows);
    const { positions } = database.store;
    expect(await positions.between(at(0), at(3))).toEqual(rows);
    expect(await positions.between(at(0), at(2))).toEqual(rows.slice(0, 2));
    expect(await positions.latest(at(-10), at(10))).toEqual([rows[2], rows[1]]);
    expect(await positions.track('bus-1', at(-10), at(10), 10)).toEqual([rows[0], rows[2]]);
    expect(await positions.track('bus-1', at(-10), at(10), 1)).toEqual([rows[2]]);
  });

  it('are written with readings that are there already, and do not count as readings', async () => {
    expect(await write(position('bus-3', 5))).toEqual({ inserted: 0, duplicates: 0 });
    expect((await database.store.readings.totals()).stored).toBe(0);
  });

  it('find room on any day, and go when they are 90 days old', async () => {
    await write(
      position('bus-1', 0, { ts: epochMs(NOON + 2 * DAY_MS) }),
      position('bus-1', 0, { ts: epochMs(NOON - 30 * DAY_MS) }),
    );
    expect(await count()).toBe(6);
    await database.store.readings.maintain(epochMs(NOON + 62 * DAY_MS));
    expect(await count()).toBe(5);
    await database.store.readings.maintain(epochMs(NOON + 91 * DAY_MS + MINUTE_MS));
    expect(await count()).toBe(1);
  });
});
