import type pg from 'pg';
import { errorCode, type EpochMs, epochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import { QUALITY_IMPORTED } from '#libs/telemetry';
import { inTransaction } from '../connection.js';
import type { ReadingRow } from '../contract.js';
import { LOCKS } from '../locks.js';
import type { Chunks } from '../tier/chunks.js';
import { refreshAggregates } from '../tier/community.js';
import { READING, READING_15M, READING_1M } from '../tier/series-tables.js';
import type { Tier } from '../tier/tier.js';
import { copyRows } from '../wire/copy-rows.js';
import { copyIn } from '../wire/copy-in.js';
import { COPY_READINGS, insertNew } from './insert-readings.js';
import { inKeyOrder } from './key-order.js';
import { checkStorable } from './reading-row.js';
import { remakeBuckets } from './roll-up.js';
import { addTotals } from './write-batch.js';

/** Rows written and rolled up together: some tens of milliseconds of this process's time. */
const IMPORT_ROWS = 20_000;
/** Rows made between two turns of the event loop. */
const TURN_ROWS = 1_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** PostgreSQL's unique_violation. */
const DUPLICATE = '23505';

/**
 * All in one transaction, rollups too, so nothing is marked for them: after a crash midway the store is as it was before. Rows of a point that come together are
 * cheapest. Returns the rows that were new.
 */
export const importRows = async (
  pool: pg.Pool,
  { chunks, tier }: { readonly chunks: Chunks; readonly tier: Tier },
  rows: Iterable<ReadingRow> | AsyncIterable<ReadingRow>,
  onProgress: (rows: number) => void,
): Promise<number> => {
  const aggregates = tier === 'timescaledb_community';
  let [earliest, latest] = [Infinity, -Infinity];
  const inserted = await inTransaction(pool, async (client) => {
    if (!aggregates) await client.query('select pg_advisory_xact_lock($1)', [LOCKS.rollUp]);
    let fresh = 0;
    let seen = 0;
    const flush = async (batch: readonly ReadingRow[]) => {
      checkStorable(batch);
      const { from, to } = minutesOf(batch);
      const instants = batch.map((row) => row.ts);
      for (const table of [READING, READING_1M, READING_15M]) await chunks.ensure(table, instants);
      fresh += await copyOrInsert(client, inKeyOrder(batch));
      if (!aggregates) await remakeBuckets(client, from, to, [...new Set(batch.map((row) => row.pointId))]);
      [earliest, latest] = [Math.min(earliest, from), Math.max(latest, to)];
      seen += batch.length;
      onProgress(seen);
    };
    let batch: ReadingRow[] = [];
    // The server writes one batch while the next is made.
    let flushing = Promise.resolve();
    try {
      for await (const row of rows) {
        batch.push({ ...row, quality: row.quality | QUALITY_IMPORTED });
        if (batch.length % TURN_ROWS === 0) await new Promise(setImmediate);
        if (batch.length < IMPORT_ROWS) continue;
        await flushing;
        flushing = flush(batch);
        // Whoever awaits it next hears of it; until then nobody does.
        flushing.catch(() => undefined);
        batch = [];
      }
    } finally {
      await flushing;
    }
    if (batch.length > 0) await flush(batch);
    await addTotals(client, { stored: 0, imported: fresh, rejected: 0 });
    return fresh;
  });
  if (aggregates && latest > earliest)
    await refreshAggregates(pool, new Date(floorTo(epochMs(earliest), QUARTER_MS)), new Date(quarterAfter(latest)));
  return inserted;
};

const quarterAfter = (instant: number): number => Math.ceil(instant / QUARTER_MS) * QUARTER_MS;

/** Rows that are all new cost half by COPY, which refuses a single old one. */
const copyOrInsert = async (client: pg.ClientBase, rows: readonly ReadingRow[]): Promise<number> => {
  await client.query('savepoint history');
  try {
    await copyIn(client, COPY_READINGS, copyRows(rows));
    return rows.length;
  } catch (error) {
    if (errorCode(error) !== DUPLICATE) throw error;
    await client.query('rollback to savepoint history');
    return await insertNew(client, rows);
  }
};

/** The whole minutes `[from, to)` that rows lie in. */
const minutesOf = (rows: readonly ReadingRow[]): { readonly from: EpochMs; readonly to: EpochMs } => {
  let [from, to] = [Infinity, -Infinity];
  for (const { ts } of rows) [from, to] = [Math.min(from, ts), Math.max(to, ts)];
  return { from: floorTo(epochMs(from), MINUTE_MS), to: epochMs(floorTo(epochMs(to), MINUTE_MS) + MINUTE_MS) };
};
