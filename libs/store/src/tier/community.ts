import type { Queryable } from '../connection.js';
import { READING, READING_15M, READING_1M, READING_TABLES, ROLLUP_TABLES } from './series-tables.js';

// Every statement that only TimescaleDB's Community edition takes is in this file.

const MOST_PACKED = 4;
/** Of a chunk's status (timescaledb src/chunk.h): 0 rows; 1 columns, with 2 unordered and with 8 also rows. */
const UNPACKED = [0, 3, 9, 11];

/** Real-time aggregates: what is not materialised yet is computed when asked for. */
const AGGREGATE = `with (timescaledb.continuous, timescaledb.materialized_only = false)`;

export const createContinuousAggregates = async (database: Queryable): Promise<void> => {
  await database.query(
    `create materialized view ${READING_1M.name} ${AGGREGATE} as
     select point_id, time_bucket(interval '1 minute', ts) as bucket,
       min(value) as min, max(value) as max, sum(value) as sum, count(*)::integer as count, last(value, ts) as last
     from ${READING.name} where quality & 15 < 2 group by 1, 2 with no data`,
  );
  await database.query(
    `create materialized view ${READING_15M.name} ${AGGREGATE} as
     select point_id, time_bucket(interval '15 minutes', bucket) as bucket,
       min(min) as min, max(max) as max, sum(sum) as sum, sum(count)::integer as count, last(last, bucket) as last
     from ${READING_1M.name} group by 1, 2 with no data`,
  );
};

/** How chunks are packed. When, is decided by event time: see `packBefore`. */
export const enableColumnstore = async (database: Queryable): Promise<void> => {
  await database.query(
    `alter table ${READING.name} set (timescaledb.compress,
       timescaledb.compress_segmentby = 'point_id', timescaledb.compress_orderby = 'ts')`,
  );
};

/** The server's jobs look at wall time, which an event's clock may be months away from: they would drop or pack what is live. */
export const removeWallTimePolicies = async (database: Queryable): Promise<void> => {
  await database.query(`select remove_compression_policy('${READING.name}', if_exists => true)`);
  for (const table of READING_TABLES) {
    await database.query(`select remove_retention_policy('${table.name}', if_exists => true)`);
  }
};

/** Packs chunks of readings that end before `cutoff` into the columnstore, again those that late readings came into; a few at a time. */
export const packBefore = async (database: Queryable, cutoff: Date): Promise<number> => {
  const { rows } = await database.query<{ chunk: string }>(
    `select format('%I.%I', schema.nspname, class.relname) as chunk
     from show_chunks('${READING.name}', older_than => $1::timestamptz) as shown
     join pg_class as class on class.oid = shown
     join pg_namespace as schema on schema.oid = class.relnamespace
     join _timescaledb_catalog.chunk on chunk.schema_name = schema.nspname and chunk.table_name = class.relname
     where chunk.status in (${UNPACKED.join(', ')})
     order by class.relname limit ${MOST_PACKED}`,
    [cutoff],
  );
  for (const { chunk } of rows) await database.query('select compress_chunk($1::regclass, true)', [chunk]);
  return rows.length;
};

/** Materialises `[from, to)`; not inside a transaction. */
export const refreshAggregates = async (database: Queryable, from: Date, to: Date): Promise<void> => {
  for (const table of ROLLUP_TABLES) {
    await database.query(`call refresh_continuous_aggregate('${table.name}', $1::timestamptz, $2::timestamptz)`, [
      from,
      to,
    ]);
  }
};
