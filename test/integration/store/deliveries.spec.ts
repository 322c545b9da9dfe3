import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, reading } from './fixtures.js';

const delivery = (session: string, messageId: number, fingerprint: string, minutes: number): Delivery => ({
  session,
  messageId,
  fingerprint,
  received: at(minutes),
});

describe('deliveries', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  it('are known by session and id, the newest of each', async () => {
    const { readings } = database.store;
    await readings.write({ ...batchOf(), deliveries: [delivery('s1', 7, 'a', 9), delivery('s2', 7, 'b', 1)] });
    // The clock was set back meanwhile: what is written later is newer all the same.
    await readings.write({ ...batchOf(), deliveries: [delivery('s1', 7, 'c', 2), delivery('s1', 65_535, 'd', 4)] });
    expect(await readings.deliveries(['s1'])).toEqual([delivery('s1', 7, 'c', 2), delivery('s1', 65_535, 'd', 4)]);
    expect(await readings.deliveries(['s2', 'never seen'])).toEqual([delivery('s2', 7, 'b', 1)]);
    expect(await readings.deliveries([])).toEqual([]);
  });

  it('of one batch: the last counts', async () => {
    const { readings } = database.store;
    await readings.write({ ...batchOf(), deliveries: [delivery('s1', 1, 'a', 5), delivery('s1', 1, 'b', 3)] });
    expect(await readings.deliveries(['s1'])).toEqual([delivery('s1', 1, 'b', 3)]);
  });

  it('of a batch that fails are not kept', async () => {
    const { readings } = database.store;
    const batch = { ...batchOf(reading(2 ** 40, at(0), 1)), deliveries: [delivery('s1', 1, 'a', 5)] };
    await expect(readings.write(batch)).rejects.toThrow('out of range');
    expect(await readings.deliveries(['s1'])).toEqual([]);
  });

  it('may be written by two at once, in any order', async () => {
    const { readings } = database.store;
    const some = Array.from({ length: 500 }, (_, id) => delivery('s1', id + 1, 'a', 1));
    const batches = Array.from({ length: 8 }, (_, turn) => (turn % 2 ? some : some.toReversed()));
    await Promise.all(batches.map((deliveries) => readings.write({ ...batchOf(), deliveries })));
    expect(await readings.deliveries(['s1'])).toEqual(some);
  });
});
