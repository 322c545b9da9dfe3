import type pg from 'pg';
import { inTransaction } from '../connection.js';
import { LOCKS } from '../locks.js';
import type { Chunks } from '../tier/chunks.js';
import { refreshAggregates } from '../tier/community.js';
import { READING_15M, READING_1M } from '../tier/series-tables.js';
import { toEpochMs } from './reading-row.js';

/** Entries of rollup_pending in one transaction. */
const TAKE = 2_000;

/** `bad` readings (2) are kept but not averaged; 16 marks imported ones. */
export const NOT_BAD = `quality & 15 < 2`;

const MINUTES = `
  with pending as (
    select distinct bucket, unnest(point_ids) as point_id from rollup_pending where id = any ($1::bigint[])
  )
  insert into reading_1m (point_id, bucket, min, max, sum, count, last)
  select reading.point_id, pending.bucket, min(value), max(value), sum(value), count(*),
    (array_agg(value order by ts desc))[1]
  from pending join reading
    on reading.point_id = pending.point_id and ts >= pending.bucket and ts < pending.bucket + interval '1 minute'
  where ts >= $2 and ts < $3 and ${NOT_BAD}
  group by 1, 2 order by 1, 2
  on conflict (point_id, bucket) do update set
    min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count, last = excluded.last`;

const QUARTERS = `
  with pending as (
    select distinct date_bin('15 minutes', bucket, 'epoch') as bucket, unnest(point_ids) as point_id
    from rollup_pending where id = any ($1::bigint[])
  )
  insert into reading_15m (point_id, bucket, min, max, sum, count, last)
  select minute.point_id, pending.bucket, min(min), max(max), sum(sum), sum(count),
    (array_agg(last order by minute.bucket desc))[1]
  from pending join reading_1m minute
    on minute.point_id = pending.point_id
      and minute.bucket >= pending.bucket and minute.bucket < pending.bucket + interval '15 minutes'
  where minute.bucket >= $2::timestamptz - interval '15 minutes' and minute.bucket < $3::timestamptz + interval '15 minutes'
  group by 1, 2 order by 1, 2
  on conflict (point_id, bucket) do update set
    min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count, last = excluded.last`;

interface Taken {
  readonly ids: string[] | null;
  readonly from: Date;
  readonly to: Date;
  readonly buckets: Date[];
}

/** In the order of time, so that what is taken lies in few partitions. */
const PEEK = `
  select array_agg(id) as ids, min(bucket) as "from", max(bucket) + interval '1 minute' as "to",
    array_agg(distinct bucket) as buckets
  from (select id, bucket from rollup_pending order by bucket limit ${TAKE}) as first`;

/**
 * Recomputes the minutes that were written to, and the quarter-hours that they belong to. An entry that a writer adds
 * meanwhile is another row and waits for the next round, so no reading is missed. Returns the number of buckets made.
 */
export const rollUpHere = async (pool: pg.Pool, chunks: Chunks): Promise<number> => {
  for (let made = 0; ;) {
    const { rows } = await pool.query<Taken>(PEEK);
    const [first] = rows;
    if (!first?.ids) return made;
    const instants = first.buckets.map(toEpochMs);
    await chunks.ensure(READING_1M, instants);
    await chunks.ensure(READING_15M, instants);
    made += await inTransaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.rollUp]);
      const minutes = await client.query(MINUTES, [first.ids, first.from, first.to]);
      const quarters = await client.query(QUARTERS, [first.ids, first.from, first.to]);
      await client.query('delete from rollup_pending where id = any ($1::bigint[])', [first.ids]);
      return (minutes.rowCount ?? 0) + (quarters.rowCount ?? 0);
    });
  }
};

/** The same on the Community edition, whose continuous aggregates do the work; counts refreshed minutes. */
export const rollUpAggregates = async (pool: pg.Pool): Promise<number> => {
  for (let made = 0; ;) {
    const { rows } = await pool.query<Taken>(PEEK);
    const [first] = rows;
    if (!first?.ids) return made;
    const quarter = 15 * 60_000;
    const from = new Date(Math.floor(first.from.getTime() / quarter) * quarter);
    const to = new Date(Math.ceil(first.to.getTime() / quarter) * quarter);
    await refreshAggregates(pool, from, to);
    await pool.query('delete from rollup_pending where id = any ($1::bigint[])', [first.ids]);
    made += first.buckets.length;
  }
};
