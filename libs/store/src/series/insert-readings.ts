import type pg from 'pg';
import type { Queryable } from '../connection.js';
import type { ReadingRow } from '../contract.js';
import { doubles, instants, integers, smallints } from '../wire/binary-arrays.js';
import { copyIn } from '../wire/copy-in.js';
import { copyRows } from '../wire/copy-rows.js';
import { inKeyOrder } from './key-order.js';
import { markPending } from './mark-pending.js';

/** Rows in one statement: DESIGN 8 measured it. */
export const BATCH_ROWS = 5_000;

const INSERT = `
  insert into reading (point_id, ts, value, quality)
  select * from unnest($1::integer[], $2::timestamptz[], $3::float8[], $4::smallint[])
  on conflict do nothing`;

export const COPY_READINGS = 'copy reading (point_id, ts, value, quality) from stdin (format binary)';

/** Inserts what is new and marks its minutes for the next roll-up; returns how many rows were new. */
export const insertReadings = async (database: Queryable, rows: readonly ReadingRow[]): Promise<number> => {
  const ordered = inKeyOrder(rows);
  let inserted = 0;
  for (let start = 0; start < ordered.length; start += BATCH_ROWS) {
    const some = ordered.slice(start, start + BATCH_ROWS);
    const fresh = await insertNew(database, some);
    if (fresh === 0) continue;
    inserted += fresh;
    await markPending(database, some);
  }
  return inserted;
};

/** Rows in key order, in one statement; marks nothing. */
export const insertNew = async (database: Queryable, rows: readonly ReadingRow[]): Promise<number> => {
  const { rowCount } = await database.query(INSERT, [
    integers(rows.map((row) => row.pointId)),
    instants(rows.map((row) => row.ts)),
    doubles(rows.map((row) => row.value)),
    smallints(rows.map((row) => row.quality)),
  ]);
  return rowCount ?? 0;
};

/** The same at half the cost, when every row is new. Otherwise it rejects with `unique_violation` (23505), and its transaction is lost. */
export const copyReadings = async (client: pg.ClientBase, rows: readonly ReadingRow[]): Promise<number> => {
  if (rows.length === 0) return 0;
  const ordered = inKeyOrder(rows);
  await copyIn(client, COPY_READINGS, copyRows(ordered));
  await markPending(client, ordered);
  return rows.length;
};
