import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Store } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';

const never = () => {
  throw new Error('The leadership was lost.');
};

describe('the leader', () => {
  let database: TestDatabase;
  let other: Store;

  beforeAll(async () => {
    database = await openTestDatabase();
    other = await Store.open(database.url);
  });
  afterAll(async () => {
    await other.close();
    await database.close();
  });

  it('is one at a time, and hands over when it is done', async () => {
    const first = await database.store.tryLead(never);
    expect(first).toBeDefined();
    expect(await other.tryLead(never)).toBeUndefined();
    await first?.release();
    await first?.release();
    const second = await other.tryLead(never);
    expect(second).toBeDefined();
    await second?.release();
  });

  it('hears once when it lost its connection, and another may lead', async () => {
    let lost = 0;
    const leader = await database.store.tryLead(() => {
      lost += 1;
    });
    await database.store.pool.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    for (let wait = 0; wait < 100 && lost === 0; wait += 1) await delay(50);
    const next = await other.tryLead(never);
    expect(next).toBeDefined();
    await leader?.release();
    await next?.release();
    expect(lost).toBe(1);
  });
});
