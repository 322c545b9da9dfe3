import type pg from 'pg';
import { type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import { inTransaction, type Queryable } from '../connection.js';
import { LOCKS } from '../locks.js';
import type { Chunks } from '../tier/chunks.js';
import { refreshAggregates } from '../tier/community.js';
import { READING_15M, READING_1M } from '../tier/series-tables.js';
import { toEpochMs } from './reading-row.js';

/** `bad` readings (2) are kept but not averaged; 16 marks imported ones. */
export const NOT_BAD = `quality & 15 < 2`;

/** What one round takes, by the size of its lists of points: seconds of work, however far behind it is. */
const MOST_BYTES = 8_000_000;
/** What one statement of a round of a single minute takes: many points many times a second are made in parts. */
const PART_BYTES = 1_000_000;

interface Taken {
  readonly ids: string[] | null;
  readonly from: Date;
  readonly to: Date;
  readonly points: number[];
  readonly bytes: number;
}

const SETTLED = `
  max(marked_at) < clock_timestamp() - interval '5 seconds' or min(marked_at) < clock_timestamp() - interval '75 seconds'`;

/** The entries of the earliest minutes, of one hour at most: what is recomputed together lies together. Always those of one whole minute. */
const take = (settled: boolean) => `
  with minute as (
    select bucket, sum(pg_column_size(point_ids)) as bytes, min(bucket) over (order by bucket) as earliest
    from rollup_pending group by bucket ${settled ? `having ${SETTLED}` : ''}
  ), running as (
    select bucket, earliest, sum(bytes) over (order by bucket) - bytes as before from minute
  ), first as (
    select id, bucket, point_ids, pg_column_size(point_ids) as bytes from rollup_pending
    where bucket in (
      select bucket from running
      where before < ${MOST_BYTES} and bucket < date_bin('1 hour', earliest, 'epoch') + interval '1 hour')
  )
  select array_agg(id) as ids, min(bucket) as "from", max(bucket) + interval '1 minute' as "to",
    sum(bytes)::float8 as bytes,
    (select array_agg(distinct point_id) from first cross join unnest(point_ids) as point_id) as points
  from first`;

const UPSERT = `
  on conflict (point_id, bucket) do update set
    min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count, last = excluded.last`;

/** A part's own statements: from `$2` to `$3`, of the points `$4`; of several minutes only those that the entries `$1` name. */
interface Statements {
  readonly minutes: string;
  readonly quarters: string;
}

const statements = (pending: (bucket: string) => string, isPending: (bucket: string) => string): Statements => ({
  minutes: `
  ${pending('bucket')}
  insert into reading_1m (point_id, bucket, min, max, sum, count, last)
  select point_id, date_bin('1 minute', ts, 'epoch') as minute, min(value), max(value), sum(value), count(*),
    (array_agg(value order by ts desc))[1]
  from reading
  where point_id = any ($4::integer[]) and ts >= $2 and ts < $3 and ${NOT_BAD} ${isPending("date_bin('1 minute', ts, 'epoch')")}
  group by 1, 2 order by 1, 2 ${UPSERT}`,
  quarters: `
  ${pending("date_bin('15 minutes', bucket, 'epoch')")}
  insert into reading_15m (point_id, bucket, min, max, sum, count, last)
  select point_id, date_bin('15 minutes', bucket, 'epoch') as quarter, min(min), max(max), sum(sum), sum(count),
    (array_agg(last order by bucket desc))[1]
  from reading_1m
  where point_id = any ($4::integer[])
    and bucket >= date_bin('15 minutes', $2::timestamptz, 'epoch')
    and bucket < date_bin('15 minutes', $3::timestamptz - interval '1 minute', 'epoch') + interval '15 minutes'
    ${isPending("date_bin('15 minutes', bucket, 'epoch')")}
  group by 1, 2 order by 1, 2 ${UPSERT}`,
});

const OF_SEVERAL = statements(
  (bucket) => `
  with pending as (
    select distinct ${bucket} as bucket, unnest(point_ids) as point_id
    from rollup_pending where id = any ($1::bigint[])
  )`,
  (bucket) => `and (point_id, ${bucket}) in (select point_id, bucket from pending)`,
);

/** All points were written to in all minutes. */
const OF_ALL = statements(
  () => '',
  () => 'and $1::bigint[] is not null',
);

const isOneMinute = ({ from, to }: Taken): boolean => to.getTime() - from.getTime() === MINUTE_MS;

/** Points in as many parts as keep each statement short. */
const inParts = (taken: Taken): readonly (readonly number[])[] => {
  const parts = isOneMinute(taken) ? Math.ceil(taken.bytes / PART_BYTES) : 1;
  const size = Math.ceil(taken.points.length / parts);
  return Array.from({ length: parts }, (_, part) => taken.points.slice(part * size, (part + 1) * size));
};

const takeNext = async (pool: pg.Pool, settled: boolean): Promise<(Taken & { readonly ids: string[] }) | undefined> => {
  const { rows } = await pool.query<Taken>(take(settled));
  const [taken] = rows;
  return taken?.ids ? { ...taken, ids: taken.ids } : undefined;
};

/**
 * Recomputes the minutes that were written to, and the quarter-hours that they belong to. An entry that a writer adds
 * meanwhile is another row and waits for the next round, so no reading is missed. Returns the number of buckets made.
 */
export const rollUpHere = async (pool: pg.Pool, chunks: Chunks, settled: boolean): Promise<number> => {
  let made = 0;
  for (let taken = await takeNext(pool, settled); taken; taken = await takeNext(pool, settled)) {
    const { ids, from, to } = taken;
    const { minutes, quarters } = isOneMinute(taken) ? OF_ALL : OF_SEVERAL;
    await chunks.ensure(READING_1M, [toEpochMs(from)]);
    await chunks.ensure(READING_15M, [toEpochMs(from)]);
    made += await inTransaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.rollUp]);
      let buckets = 0;
      for (const points of inParts(taken)) {
        for (const statement of [minutes, quarters])
          buckets += (await client.query(statement, [ids, from, to, points])).rowCount ?? 0;
      }
      await client.query('delete from rollup_pending where id = any ($1::bigint[])', [ids]);
      return buckets;
    });
  }
  return made;
};

/** Makes all minutes `[from, to)` of points, and their quarter-hours. Preconditions: room for them, and the lock of the roll-up. */
export const remakeBuckets = async (
  database: Queryable,
  from: EpochMs,
  to: EpochMs,
  points: readonly number[],
): Promise<void> => {
  for (const statement of [OF_ALL.minutes, OF_ALL.quarters])
    await database.query(statement, [[], new Date(from), new Date(to), points]);
};

/** The same on the Community edition, whose continuous aggregates do the work; counts entries. */
export const rollUpAggregates = async (pool: pg.Pool, settled: boolean): Promise<number> => {
  let made = 0;
  for (let taken = await takeNext(pool, settled); taken; taken = await takeNext(pool, settled)) {
    const quarter = 15 * MINUTE_MS;
    const from = new Date(floorTo(toEpochMs(taken.from), quarter));
    const to = new Date(floorTo(toEpochMs(taken.to), quarter) + quarter);
    await refreshAggregates(pool, from, to);
    await pool.query('delete from rollup_pending where id = any ($1::bigint[])', [taken.ids]);
    made += taken.ids.length;
  }
  return made;
};
