import type pg from 'pg';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { RejectedCount, StoredRejection } from '../contract.js';

/** A message's time is its transaction's start, its number the order of writing: they differ by no more than this. */
const DISORDER_MS = 5 * MINUTE_MS;
/** Codes are the platform's own, some dozens. */
const MOST_CODES = 100;

interface RejectedRow {
  readonly at_ms: number;
  readonly topic: string;
  readonly payload: Buffer;
  readonly reason: string;
  readonly readings: number;
}

/** Newest first. */
export const listRejected = async (pool: pg.Pool, limit: number): Promise<readonly StoredRejection[]> => {
  const { rows } = await pool.query<RejectedRow>(
    `select (extract(epoch from at) * 1000)::float8 as at_ms, topic, payload, reason, readings
     from rejected_message order by id desc limit $1`,
    [limit],
  );
  return rows.map(({ at_ms, ...row }) => ({ ...row, at: epochMs(Math.floor(at_ms)) }));
};

/** By number from the newest back, since time has no index. The most readings first. */
export const countRejected = async (pool: pg.Pool, since: EpochMs): Promise<readonly RejectedCount[]> => {
  const { rows } = await pool.query<RejectedCount>(
    `select split_part(reason, ':', 1) as code, count(*)::float8 as messages, sum(readings)::float8 as readings
     from rejected_message
     where at >= $1 and id > coalesce((select id from rejected_message where at < $2 order by id desc limit 1), 0)
     group by 1 order by 3 desc, 1 limit ${MOST_CODES}`,
    [new Date(since), new Date(since - DISORDER_MS)],
  );
  return rows;
};
