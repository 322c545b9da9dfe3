import type pg from 'pg';
import { inTransaction } from '../connection.js';
import type { ReadingRow } from '../contract.js';
import { QUALITY_IMPORTED } from '#libs/telemetry';
import type { Chunks } from '../tier/chunks.js';
import { READING } from '../tier/series-tables.js';
import { BATCH_ROWS, insertReadings } from './insert-readings.js';
import { checkStorable } from './reading-row.js';
import { addTotals } from './write-batch.js';

/** All in one transaction: after a crash midway the store is as empty as before. Returns the rows that were new. */
export const importRows = (
  pool: pg.Pool,
  chunks: Chunks,
  rows: Iterable<ReadingRow> | AsyncIterable<ReadingRow>,
  onProgress: (rows: number) => void,
): Promise<number> =>
  inTransaction(pool, async (client) => {
    let inserted = 0;
    let seen = 0;
    let batch: ReadingRow[] = [];
    const flush = async () => {
      checkStorable(batch);
      await chunks.ensure(
        READING,
        batch.map((row) => row.ts),
      );
      inserted += await insertReadings(client, batch);
      seen += batch.length;
      onProgress(seen);
      batch = [];
    };
    for await (const row of rows) {
      batch.push({ ...row, quality: row.quality | QUALITY_IMPORTED });
      if (batch.length === BATCH_ROWS) await flush();
    }
    if (batch.length > 0) await flush();
    await addTotals(client, { stored: 0, imported: inserted, rejected: 0 });
    return inserted;
  });
