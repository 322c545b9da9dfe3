import type { Queryable } from '../connection.js';
import { LOCKS } from '../locks.js';

/** What the server offers for series; see DESIGN 4. */
export type Tier = 'postgresql' | 'timescaledb_apache' | 'timescaledb_community';

interface Found {
  readonly migrated: boolean;
  readonly hypertable: boolean;
  readonly usable: boolean;
}

/** `usable`: installed here, or for us to install because the server has loaded it (only then it has these settings). */
const FIND = `
  select
    to_regclass('reading') is not null as migrated,
    exists (select from pg_class where oid = to_regclass('reading') and relkind = 'r') as hypertable,
    exists (select from pg_extension where extname = 'timescaledb')
      or (current_setting('timescaledb.max_background_workers', true) is not null
          and (select rolsuper from pg_roles where rolname = current_user)) as usable`;

/**
 * The form that the series have, or before the first migration the best that the server offers. Adds the extension where
 * it is offered (so run it in a transaction), because without it the server does not tell its edition.
 */
export const detectTier = async (transaction: Queryable): Promise<Tier> => {
  const { rows } = await transaction.query<Found>(FIND);
  const [found] = rows;
  if (!found) throw new Error('The tier query gave no row.');
  const timescale = found.migrated ? found.hypertable : found.usable;
  if (!timescale) return 'postgresql';
  await transaction.query('select pg_advisory_xact_lock($1)', [LOCKS.extension]);
  await transaction.query('create extension if not exists timescaledb');
  const { rows: editions } = await transaction.query<{ license: string }>(
    `select current_setting('timescaledb.license') as license`,
  );
  return editions[0]?.license === 'timescale' ? 'timescaledb_community' : 'timescaledb_apache';
};
