import type { Queryable } from '../connection.js';

/** What the server offers for series; see DESIGN 4. */
export type Tier = 'postgresql' | 'timescaledb_apache' | 'timescaledb_community';

interface Found {
  readonly hypertable: boolean;
  readonly table: boolean;
  readonly usable: boolean;
  readonly license: string | null;
}

/** `usable`: installed here, or installable by us because the server has loaded it. */
const FIND = `
  select
    to_regclass('reading') is not null as "table",
    exists (select from pg_trigger where tgrelid = to_regclass('reading') and tgname = 'ts_insert_blocker')
      or exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
                 where i.inhparent = to_regclass('reading') and not c.relispartition) as hypertable,
    exists (select from pg_extension where extname = 'timescaledb')
      or (exists (select from pg_available_extensions where name = 'timescaledb')
          and current_setting('timescaledb.license', true) is not null
          and (select rolsuper from pg_roles where rolname = current_user)) as usable,
    current_setting('timescaledb.license', true) as license`;

/** The form that the series have, or before the first migration the best one that the server offers. */
export const detectTier = async (database: Queryable): Promise<Tier> => {
  const { rows } = await database.query<Found>(FIND);
  const [found] = rows;
  if (!found) throw new Error('The tier query gave no row.');
  const timescale = found.table ? found.hypertable : found.usable;
  if (!timescale) return 'postgresql';
  return found.license === 'timescale' ? 'timescaledb_community' : 'timescaledb_apache';
};
