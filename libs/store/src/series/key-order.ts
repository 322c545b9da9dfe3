import type { ReadingRow } from '../contract.js';

/** In the order of the unique index (point, then time): writers of the same rows wait for each other instead of deadlocking. */
export const inKeyOrder = (rows: readonly ReadingRow[]): readonly ReadingRow[] =>
  rows.toSorted((a, b) => a.pointId - b.pointId || a.ts - b.ts);
