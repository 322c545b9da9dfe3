import type pg from 'pg';
import { type DataSource, MoreThan } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import type { SessionState } from '../contract.js';
import { SessionStateEntity } from '../schema/entities/session-state.js';

/** What was said later wins, in whatever order it comes. Rows are locked in one order, so that two writers cannot deadlock. */
const SAVE = `
  insert into session_state (venue, session, state, expected_end, by, ts)
  select distinct on (venue, session) * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[],
    $6::timestamptz[]) as said (venue, session, state, expected_end, by, ts)
  order by venue, session, ts desc
  on conflict (venue, session) do update set state = excluded.state, expected_end = excluded.expected_end,
    by = excluded.by, ts = excluded.ts
  where session_state.ts <= excluded.ts`;

const MOST_LISTED = 1_000;

export const saveSessionStates = async (pool: pg.Pool, states: readonly SessionState[]): Promise<void> => {
  if (states.length === 0) return;
  await pool.query(SAVE, [
    states.map(({ venue }) => venue),
    states.map(({ session }) => session),
    states.map(({ state }) => state),
    states.map(({ expectedEnd }) => (expectedEnd === null ? null : new Date(expectedEnd))),
    states.map(({ by }) => by),
    states.map(({ ts }) => new Date(ts)),
  ]);
};

/** What was said since an instant, the newest first. */
export const listSessionStates = async (dataSource: DataSource, since: EpochMs): Promise<readonly SessionState[]> => {
  const rows = await dataSource.manager.find(SessionStateEntity, {
    where: { ts: MoreThan(since) },
    order: { ts: 'DESC' },
    take: MOST_LISTED,
  });
  return rows.map(({ venue, session, state, expectedEnd, by, ts }) => ({ venue, session, state, expectedEnd, by, ts }));
};
