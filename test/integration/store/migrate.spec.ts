import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Store } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { batchOf, NOON, reading } from './fixtures.js';

describe('migration', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database.close();
  });

  it('by two processes at once on an empty database happens once', async () => {
    await database.store.pool.query('create database venueflow_twice');
    const url = database.url.replace(/[^/]+$/, 'venueflow_twice');
    try {
      const stores = await Promise.all([Store.open(url), Store.open(url)]);
      try {
        await Promise.all(stores.map((store) => store.migrate()));
        const { rows } = await stores[0].pool.query(
          'select name, count(*)::integer as times from migration group by 1',
        );
        expect(rows.map((row: { times: number }) => row.times)).toEqual(rows.map(() => 1));
        expect(await stores[1].readings.isEmpty()).toBe(true);
      } finally {
        await Promise.all(stores.map((store) => store.close()));
      }
    } finally {
      await database.store.pool.query('drop database venueflow_twice with (force)');
    }
  });

  it('again, while readings are written, changes nothing', async () => {
    const { store } = database;
    const writes = Array.from({ length: 20 }, (_, point) => store.readings.write(batchOf(reading(point, NOON, 1))));
    await Promise.all([...writes, store.migrate(), store.migrate()]);
    expect((await store.readings.totals()).stored).toBe(20);
  });

  it('gives the tables that the entities describe', async () => {
    expect(await database.store.listSchemaDifferences()).toEqual([]);
  });

  it('finds the form of the series', async () => {
    const { store } = database;
    const { rows } = await store.pool.query<{ relkind: string }>(
      `select relkind from pg_class where relname = 'reading'`,
    );
    expect(rows[0]?.relkind).toBe(store.tier === 'postgresql' ? 'p' : 'r');
    const again = await Store.open(database.url);
    expect(again.tier).toBe(store.tier);
    await again.close();
  });
});
