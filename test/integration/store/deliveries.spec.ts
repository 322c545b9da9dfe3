import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery, UntimedMessage } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, batchOf, reading } from './fixtures.js';

const POINT = 3;

/** A message of one reading that arrived at a minute. */
const message = (minute: number, value: number, delivery: Partial<Delivery> = {}): UntimedMessage => ({
  delivery: {
    ...{ session: 's1', messageId: 7, fingerprint: `f${value}`, again: false },
    ...{ received: at(minute), arrived: minute * 60_000 },
    ...delivery,
  },
  readings: [reading(POINT, at(minute), value)],
});

describe('untimed messages', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  const write = (...untimed: UntimedMessage[]) => database.store.readings.write({ ...batchOf(), untimed });
  const rows = async () =>
    (await database.store.readings.raw([POINT], at(-60), at(60))).map(({ ts, value }) => [
      (ts - at(0)) / 60_000,
      value,
    ]);

  it('are stored at their arrival', async () => {
    expect(await write(message(1, 5), message(2, 6, { messageId: 8 }))).toEqual({ inserted: 2, duplicates: 0 });
    expect(await rows()).toEqual([
      [1, 5],
      [2, 6],
    ]);
  });

  it('are there already when they are delivered again', async () => {
    await write(message(1, 5));
    expect(await write(message(4, 5, { again: true }))).toEqual({ inserted: 0, duplicates: 1 });
    expect(await write(message(9, 5, { again: true }))).toEqual({ inserted: 0, duplicates: 1 });
    expect(await rows()).toEqual([[1, 5]]);
  });

  it('are others under a packet id that is used again, with the same content too', async () => {
    await write(message(1, 5));
    await write(message(2, 6));
    await write(message(3, 6));
    await write(message(4, 7, { again: true }));
    expect(await rows()).toEqual([
      [1, 5],
      [2, 6],
      [3, 6],
      [4, 7],
    ]);
  });

  it('are known by what they were, also when their packet id was used again meanwhile', async () => {
    await write(message(1, 5));
    await write(message(2, 6));
    expect(await write(message(9, 5, { again: true }))).toEqual({ inserted: 0, duplicates: 1 });
  });

  it('are remembered for an hour after the last one was stored, however long that is', async () => {
    const { pool, readings } = database.store;
    await write(message(1, 5), message(2, 6, { messageId: 8 }));
    await pool.query(`update delivery set stored_at = now() - interval '3 days'`);
    await readings.maintain(at(0));
    expect(await write(message(9, 5, { again: true }))).toEqual({ inserted: 0, duplicates: 1 });
    await readings.maintain(at(0));
    const { rows: kept } = await pool.query('select message_id from delivery');
    expect(kept).toEqual([{ message_id: 7 }]);
  });

  it('are told apart by session', async () => {
    await write(message(1, 5), message(2, 5, { session: 's2', again: true }));
    expect(await rows()).toHaveLength(2);
  });

  it('are the same when one batch has them twice', async () => {
    expect(await write(message(1, 5), message(2, 5, { again: true }))).toEqual({ inserted: 1, duplicates: 1 });
  });

  it('are stored once when two processes have them, whichever writes first', async () => {
    await write(message(4, 5, { again: true }));
    expect(await write(message(1, 5))).toEqual({ inserted: 0, duplicates: 1 });
    expect(await rows()).toEqual([[4, 5]]);
  });

  it('are stored once when two processes have them whose clocks do not agree', async () => {
    await write(message(1, 5, { arrived: 240_000, again: true }));
    expect(await write(message(4, 5, { arrived: 60_000 }))).toEqual({ inserted: 0, duplicates: 1 });
    // And the packet id, used again with the same content, is another message though its time is earlier.
    expect(await write(message(0, 5, { arrived: 300_000 }))).toEqual({ inserted: 1, duplicates: 0 });
    expect(await rows()).toEqual([
      [0, 5],
      [1, 5],
    ]);
  });

  it('change nothing more when the answer to a commit was lost', async () => {
    const batch = { ...batchOf(), untimed: [message(1, 5)] };
    await database.store.readings.write(batch);
    expect(await database.store.readings.write(batch)).toEqual({ inserted: 0, duplicates: 1 });
  });

  it('of a batch that fails are not remembered', async () => {
    const bad = { ...batchOf(reading(2 ** 40, at(0), 1)), untimed: [message(1, 5)] };
    await expect(database.store.readings.write(bad)).rejects.toThrow('out of range');
    await write(message(2, 5, { again: true }));
    expect(await rows()).toEqual([[2, 5]]);
  });

  it('may be written by two at once, in any order', async () => {
    const some = Array.from({ length: 500 }, (_, id) => message(1 + id / 1_000, 1, { messageId: id + 1 }));
    const again = some.map(({ delivery, readings: [row] }) => {
      const received = at((delivery.received - at(0)) / 60_000 + 5);
      const later = { received, arrived: delivery.arrived + 300_000, again: true };
      return { delivery: { ...delivery, ...later }, readings: row ? [{ ...row, ts: received }] : [] };
    });
    await Promise.all(Array.from({ length: 8 }, (_, turn) => write(...(turn % 2 ? some : again.toReversed()))));
    expect(await rows()).toHaveLength(500);
  });
});
