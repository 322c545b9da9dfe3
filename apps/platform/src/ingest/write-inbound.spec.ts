import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { Batch } from '#libs/store';
import type { Inbound } from './inbound.js';
import { isValueError, writeInbound } from './write-inbound.js';

const reading = (pointId: number) => ({ pointId, ts: epochMs(1), value: 1, quality: 1 as const });
const inbound = (seq: number, ...points: number[]): Inbound => ({
  topic: 't',
  payload: new Uint8Array(),
  message: { venue: 'arena', gateway: 'gw1', seq, oldest: 1 },
  readings: points.map(reading),
  rejected: [],
  outcomes: [],
  skipped: 0,
});
const receipt = { venue: 'arena', gateway: 'gw1', seq: 9 };
const coded = (code: string) => Object.assign(new Error(`code ${code}`), { code });

/** A store that refuses point 13. */
const storeOf = () => {
  const batches: Batch[] = [];
  return {
    batches,
    readings: {
      write: (batch: Batch) => {
        if (batch.readings.some(({ pointId }) => pointId === 13)) return Promise.reject(coded('22P02'));
        batches.push(batch);
        return Promise.resolve({ inserted: batch.readings.length, duplicates: 0 });
      },
    },
    operations: { addOutcomes: () => Promise.resolve(), saveSessionStates: () => Promise.resolve() },
  };
};
const once = <T>(attempt: () => Promise<T>) => attempt();

describe('writeInbound', () => {
  it('writes all messages and their receipts as one batch', async () => {
    const store = storeOf();
    const written = await writeInbound([inbound(8, 1, 2), inbound(9, 3)], [receipt], store, once);
    expect(written).toEqual({ inserted: 3, duplicates: 0, rejected: 0 });
    expect(store.batches).toHaveLength(1);
    expect(store.batches[0]?.receipts).toEqual([receipt]);
    expect(store.batches[0]?.readings[0]).toEqual({ pointId: 1, ts: 1, value: 1, quality: 1 });
  });

  it('keeps the one message that the database refuses as rejected, stores the rest, and receipts last', async () => {
    const store = storeOf();
    const messages = [inbound(1, 1), inbound(2, 2), inbound(3, 13, 3), inbound(4, 4), inbound(5, 5)];
    const written = await writeInbound(messages, [receipt], store, once);
    expect(written).toEqual({ inserted: 4, duplicates: 0, rejected: 2 });
    const rejected = store.batches.flatMap((batch) => batch.rejected);
    expect(rejected).toEqual([expect.objectContaining({ reason: 'not_storable: code 22P02', readings: 2 })]);
    expect(store.batches.map(({ receipts }) => receipts.length)).toEqual([
      ...new Array<number>(store.batches.length - 1).fill(0),
      1,
    ]);
  });

  it('gives the same batch to every attempt, so that the store knows it again', async () => {
    const seen: Batch[] = [];
    const store = storeOf();
    const write = (batch: Batch) => {
      seen.push(batch);
      return seen.length < 3 ? Promise.reject(coded('08006')) : Promise.resolve({ inserted: 1, duplicates: 0 });
    };
    const thrice = async <T>(attempt: () => Promise<T>) => {
      for (;;) {
        try {
          return await attempt();
        } catch {
          continue;
        }
      }
    };
    await writeInbound([inbound(1, 1)], [], { ...store, readings: { write } }, thrice);
    expect(new Set(seen).size).toBe(1);
    expect(seen).toHaveLength(3);
  });

  it('leaves other errors to its caller', async () => {
    const store = { ...storeOf(), readings: { write: () => Promise.reject(coded('08006')) } };
    await expect(writeInbound([inbound(1, 1), inbound(2, 2)], [], store, once)).rejects.toThrow('08006');
  });
});

describe('isValueError', () => {
  it.each([
    [coded('22021'), true],
    [coded('23502'), true],
    [coded('54000'), true],
    [new RangeError('not finite'), true],
    [coded('23514'), false],
    [coded('ECONNREFUSED'), false],
    [coded('57P01'), false],
    [new Error('timeout'), false],
  ])('%s: %s', (error, expected) => expect(isValueError(error)).toBe(expected));
});
