import type pg from 'pg';
import { listPackPoints, type Pack } from '#libs/games';
import { inTransaction } from './connection.js';
import type { PointRow } from './contract.js';
import { LOCKS } from './locks.js';

const POINT_COLUMNS = 'id, venue, gateway, name as point, kind, unit';

/** Inserts what is new and updates what changed; a point keeps its id for ever. */
export const registerPack = (pool: pg.Pool, pack: Pack): Promise<readonly PointRow[]> =>
  inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCKS.pack]);
    await client.query(
      `insert into venue (id, name, feeder, import_limit_kw)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::float8[])
       on conflict (id) do update
         set name = excluded.name, feeder = excluded.feeder, import_limit_kw = excluded.import_limit_kw`,
      [
        pack.venues.map((venue) => venue.id),
        pack.venues.map((venue) => venue.name),
        pack.venues.map((venue) => venue.grid.feeder),
        pack.venues.map((venue) => venue.grid.import_limit_kw),
      ],
    );
    const points = listPackPoints(pack);
    const sources = [...new Map(points.map((one) => [`${one.venue}/${one.source}`, one])).values()];
    await client.query(
      `insert into gateway (venue, id) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
      [sources.map(({ venue }) => venue), sources.map(({ source }) => source)],
    );
    const { rows } = await client.query<PointRow>(
      `insert into point (venue, gateway, name, kind, unit)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       on conflict (venue, name) do update
         set gateway = excluded.gateway, kind = excluded.kind, unit = excluded.unit
       returning ${POINT_COLUMNS}`,
      [
        points.map(({ venue }) => venue),
        points.map(({ source }) => source),
        points.map(({ point }) => point.id),
        points.map(({ point }) => point.kind),
        points.map(({ point }) => point.unit),
      ],
    );
    return rows;
  });

export const listPoints = async (pool: pg.Pool): Promise<readonly PointRow[]> => {
  const { rows } = await pool.query<PointRow>(`select ${POINT_COLUMNS} from point order by id`);
  return rows;
};
