import type { Queryable } from '../connection.js';
import type { ReadingRow } from '../contract.js';
import { readingArrays } from './reading-row.js';

/** Rows in one statement: DESIGN 8 measured it. */
export const BATCH_ROWS = 5_000;

/** In the order of the index, so that two writers of the same rows wait for each other instead of deadlocking. */
const INSERT = `
  with inserted as (
    insert into reading (point_id, ts, value, quality)
    select point_id, to_timestamp(seconds), value, quality
    from unnest($1::integer[], $2::float8[], $3::float8[], $4::smallint[]) as row (point_id, seconds, value, quality)
    order by 1, 2
    on conflict do nothing
    returning point_id, ts
  ), pending as (
    insert into rollup_pending (bucket, point_ids)
    select date_bin('1 minute', ts, 'epoch'), array_agg(distinct point_id) from inserted group by 1
  )
  select count(*)::integer as inserted from inserted`;

/** Inserts what is new and marks its minutes for the next roll-up; returns how many rows were new. */
export const insertReadings = async (database: Queryable, rows: readonly ReadingRow[]): Promise<number> => {
  let inserted = 0;
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const result = await database.query<{ inserted: number }>(
      INSERT,
      readingArrays(rows.slice(start, start + BATCH_ROWS)),
    );
    inserted += result.rows[0]?.inserted ?? 0;
  }
  return inserted;
};
