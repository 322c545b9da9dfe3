import { type EpochMs, MINUTE_MS } from '#libs/kernel';
import type { Queryable } from '../connection.js';
import type { SeriesStep } from '../contract.js';
import { toEpochMs } from './reading-row.js';
import { NOT_BAD } from './roll-up.js';

export const MOST_STEPS = 5_000;
const QUARTER_MS = 15 * MINUTE_MS;

export type Grain = 'raw' | 'minute' | 'quarter';

/** The coarsest table whose buckets fall wholly into steps. */
export const grainOf = (from: EpochMs, stepMs: number): Grain => {
  const fits = (bucketMs: number) => stepMs % bucketMs === 0 && from % bucketMs === 0;
  if (fits(QUARTER_MS)) return 'quarter';
  return fits(MINUTE_MS) ? 'minute' : 'raw';
};

/** Throws a RangeError for a step or a span that cannot be answered. */
export const checkSteps = (from: EpochMs, to: EpochMs, stepMs: number): void => {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to < from) {
    throw new RangeError(`A series needs whole epoch milliseconds with from <= to, not [${from}, ${to}).`);
  }
  if (!Number.isSafeInteger(stepMs) || stepMs < 1) {
    throw new RangeError(`The step of a series (${stepMs} ms) must be a whole number of milliseconds above 0.`);
  }
  const steps = Math.ceil((to - from) / stepMs);
  if (steps > MOST_STEPS) {
    throw new RangeError(
      `[${from}, ${to}) in steps of ${stepMs} ms has ${steps} steps; at most ${MOST_STEPS} are given. Perhaps a step of ${Math.ceil((to - from) / MOST_STEPS / MINUTE_MS) * MINUTE_MS} ms would do.`,
    );
  }
};

// $1 point, $2 from, $3 to, $4 step. Each part gives (at, min, max, sum, count, last).
const RAW = (window: string) => `
  select ts as at, value as min, value as max, value as sum, 1 as count, value as last
  from reading where point_id = $1 and ${window} and ${NOT_BAD}`;

const WHOLE = 'ts >= $2 and ts < $3';

/** Minutes whose rollup row may be stale: written to since, or cut by the window's end. */
const OPEN_MINUTES = `
  open_minute as (
    select bucket from rollup_pending
    where bucket >= $2 and bucket < $3 and $1 = any (point_ids)
    union select date_bin('1 minute', $3::timestamptz, 'epoch')
  )`;

const OPEN_QUARTERS = `
  open_quarter as (select distinct date_bin('15 minutes', bucket, 'epoch') as bucket from open_minute)`;

const closed = (table: 'reading_1m' | 'reading_15m', open: 'open_minute' | 'open_quarter', window = 'true') => `
  select bucket as at, min, max, sum, count, last from ${table}
  where point_id = $1 and bucket >= $2 and bucket < $3 and ${window}
    and not exists (select from ${open} where ${open}.bucket = ${table}.bucket)`;

/** Closed minutes from reading_1m, open ones from the readings. */
const minutes = (window: (bucket: string) => string) => `
  ${closed('reading_1m', 'open_minute', window('reading_1m.bucket'))}
  union all
  select part.* from open_minute cross join lateral (
    ${RAW(`ts >= open_minute.bucket and ts < open_minute.bucket + interval '1 minute' and ${WHOLE}`)}
  ) as part where ${window('open_minute.bucket')}`;

const inOpenQuarter = (bucket: string) =>
  `${bucket} >= open_quarter.bucket and ${bucket} < open_quarter.bucket + interval '15 minutes'`;

/** Closed quarter-hours from reading_15m, open ones from their minutes. */
const QUARTERS = `
  ${closed('reading_15m', 'open_quarter')}
  union all
  select minute.* from open_quarter cross join lateral (${minutes(inOpenQuarter)}) as minute`;

const PARTS: Record<Grain, string> = {
  raw: `with part as (${RAW(WHOLE)})`,
  minute: `with ${OPEN_MINUTES}, part as (${minutes(() => 'true')})`,
  quarter: `with ${OPEN_MINUTES}, ${OPEN_QUARTERS}, part as (${QUARTERS})`,
};

const queryOf = (grain: Grain) => `
  ${PARTS[grain]}
  select date_bin($4::interval, at, $2) as ts, min(min) as min, max(max) as max, sum(sum) as sum,
    sum(count)::integer as count, (array_agg(last order by at desc))[1] as last
  from part group by 1 order by 1`;

interface StepRow {
  readonly ts: Date;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
  readonly last: number;
}

/** Steps that hold a reading, in time order; exact whether or not the rollups are up to date. */
export const querySeries = async (
  database: Queryable,
  pointId: number,
  from: EpochMs,
  to: EpochMs,
  stepMs: number,
  grain: Grain = grainOf(from, stepMs),
): Promise<readonly SeriesStep[]> => {
  checkSteps(from, to, stepMs);
  const { rows } = await database.query<StepRow>(queryOf(grain), [
    pointId,
    new Date(from),
    new Date(to),
    `${stepMs} milliseconds`,
  ]);
  return rows.map((row) => ({ ...row, ts: toEpochMs(row.ts) }));
};
