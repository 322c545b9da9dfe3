import { errorCode, errorMessage } from '#libs/kernel';
import type { Batch, OperationsStore, ReadingStore, Receipt } from '#libs/store';
import { type Inbound, refused } from './inbound.js';

export interface Stores {
  readonly readings: Pick<ReadingStore, 'write'>;
  readonly operations: Pick<OperationsStore, 'addOutcomes' | 'saveSessionStates'>;
}

/** Calls again until it succeeds; rejects only when the values themselves are at fault, or when there is no more time. */
export type Persist = <T>(attempt: () => Promise<T>) => Promise<T>;

export interface Written {
  readonly inserted: number;
  readonly duplicates: number;
  readonly rejected: number;
}

const NO_PARTITION = '23514';

/** Errors of data (class 22), of integrity (23) and of limits exceeded (54) come again with the same values; everything else may pass. */
export const isValueError = (error: unknown): boolean => {
  const code = errorCode(error) ?? '';
  return error instanceof RangeError || (/^(?:22|23|54)/.test(code) && code !== NO_PARTITION);
};

const batchOf = (inbounds: readonly Inbound[], receipts: readonly Receipt[]): Batch => ({
  readings: inbounds.flatMap(({ delivery, readings }) => (delivery ? [] : readings)),
  rejected: inbounds.flatMap(({ rejected }) => rejected),
  receipts,
  untimed: inbounds.flatMap(({ delivery, readings }) => (delivery ? [{ delivery, readings }] : [])),
  positions: inbounds.flatMap(({ position }) => position ?? []),
});

/** Outcomes first: both may be written twice, but only the readings' answer is counted. */
const writePiece = async (
  inbounds: readonly Inbound[],
  receipts: readonly Receipt[],
  { readings, operations }: Stores,
  persist: Persist,
): Promise<Written> => {
  const outcomes = inbounds.flatMap((inbound) => inbound.outcomes);
  const sessions = inbounds.flatMap(({ session }) => session ?? []);
  // The same batch object each time: the store knows by it that it has it already.
  const batch = batchOf(inbounds, receipts);
  const { inserted, duplicates } = await persist(async () => {
    if (outcomes.length > 0) await operations.addOutcomes(outcomes);
    if (sessions.length > 0) await operations.saveSessionStates(sessions);
    return readings.write(batch);
  });
  return { inserted, duplicates, rejected: batch.rejected.reduce((sum, entry) => sum + entry.readings, 0) };
};

/**
 * Writes messages with the receipts that they earn. When the database refuses their values, halves them until the message at fault is alone, and
 * keeps that one as rejected; receipts are then written last. Rejects as `persist` does.
 */
export const writeInbound = async (
  inbounds: readonly Inbound[],
  receipts: readonly Receipt[],
  stores: Stores,
  persist: Persist,
): Promise<Written> => {
  try {
    return await writePiece(inbounds, receipts, stores, persist);
  } catch (error) {
    if (!isValueError(error)) throw error;
    const [first, ...others] = inbounds;
    if (!first) throw error;
    if (others.length === 0) {
      const readings = Math.max(1, first.readings.length);
      return writePiece([refused(first, `not_storable: ${errorMessage(error)}`, readings)], receipts, stores, persist);
    }
    const half = Math.ceil(inbounds.length / 2);
    const left = await writeInbound(inbounds.slice(0, half), [], stores, persist);
    const right = await writeInbound(inbounds.slice(half), receipts, stores, persist);
    return {
      inserted: left.inserted + right.inserted,
      duplicates: left.duplicates + right.duplicates,
      rejected: left.rejected + right.rejected,
    };
  }
};
