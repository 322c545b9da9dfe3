import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type HeldJob, JobQueue, MOST_TRIES } from '../../../apps/platform/src/simulate/job-queue.js';
import { openTestDatabase, type TestDatabase } from '../database.js';

describe('the days that are to be simulated', () => {
  let database: TestDatabase;
  let queue: JobQueue;

  const take = async (): Promise<HeldJob> => {
    const job = await queue.take();
    if (!job) throw new Error('There is no job.');
    return job;
  };

  beforeAll(async () => {
    database = await openTestDatabase();
    queue = new JobQueue({ store: database.store, settings: { roles: new Set() } });
    // As two processes that begin at once.
    const other = new JobQueue({ store: database.store, settings: { roles: new Set() } });
    await Promise.all([queue.onModuleInit(), other.onModuleInit()]);
    await other.onApplicationShutdown();
  });
  afterAll(async () => {
    await queue.onApplicationShutdown();
    await database.close();
  });

  it('are there once, however often they are added, and the first days of all runs come first', async () => {
    await queue.add(database.store.pool, 'a', 2);
    await queue.add(database.store.pool, 'a', 2);
    await queue.add(database.store.pool, 'b', 2);
    const order: string[] = [];
    for (let job = await queue.take(); job; job = await queue.take()) {
      order.push(`${job.run}${job.replication}`);
      await queue.complete(job);
    }
    expect(order).toEqual(['a0', 'b0', 'a1', 'b1']);
  });

  it('are held by one: who lost the job learns it', async () => {
    await queue.add(database.store.pool, 'c', 1);
    const first = await take();
    expect(await queue.hold(first)).toBe(true);
    expect(await queue.take()).toBeUndefined();
    await queue.giveBack(first);
    expect(await queue.hold(first)).toBe(false);
    const second = await take();
    expect(second).toMatchObject({ run: 'c', replication: 0, attempt: first.attempt + 1 });
    expect(await queue.hold(first)).toBe(false);
    expect(await queue.hold(second)).toBe(true);
    await queue.complete(second);
  });

  it('are given up after some tries, which is told once', async () => {
    await queue.add(database.store.pool, 'd', 1);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      expect(await queue.takeGivenUp()).toBeUndefined();
      await queue.giveBack(await take());
    }
    expect(await queue.take()).toBeUndefined();
    expect(await queue.takeGivenUp()).toEqual({ run: 'd', replication: 0 });
    expect(await queue.takeGivenUp()).toBeUndefined();
  });
});
