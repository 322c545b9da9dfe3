import type { Queryable } from '../connection.js';
import { LATE_DAYS, READING, READING_15M, READING_1M, ROLLUP_TABLES, SERIES_TABLES } from './series-tables.js';

// Every statement that only TimescaleDB's Community edition takes is in this file.

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

/** Columnstore for chunks that no late reading reaches any more; retention by the server's own jobs. */
export const setCommunityPolicies = async (database: Queryable): Promise<void> => {
  await database.query(
    `alter table ${READING.name} set (timescaledb.compress,
       timescaledb.compress_segmentby = 'point_id', timescaledb.compress_orderby = 'ts')`,
  );
  await database.query(`select add_compression_policy('${READING.name}', interval '${LATE_DAYS + 1} days')`);
  for (const table of SERIES_TABLES) {
    await database.query(`select add_retention_policy('${table.name}', interval '${table.keepDays} days')`);
  }
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
