import type { Queryable } from '../connection.js';
import type { PositionRow } from '../contract.js';
import { instants } from '../wire/binary-arrays.js';
import { BATCH_ROWS } from './insert-readings.js';

const INSERT = `
  insert into vehicle_position (vehicle, ts, lat, lon, bearing, speed_mps, trip, occupancy)
  select * from unnest($1::text[], $2::timestamptz[], $3::float8[], $4::float8[], $5::real[], $6::real[], $7::text[], $8::smallint[])
  on conflict do nothing`;

/** By vehicle and time, so that two writers of the same rows cannot deadlock. */
const inOrder = (rows: readonly PositionRow[]): readonly PositionRow[] =>
  rows.toSorted((a, b) => (a.vehicle === b.vehicle ? a.ts - b.ts : a.vehicle < b.vehicle ? -1 : 1));

/** Inserts what is new. */
export const insertPositions = async (database: Queryable, rows: readonly PositionRow[]): Promise<void> => {
  const ordered = inOrder(rows);
  for (let start = 0; start < ordered.length; start += BATCH_ROWS) {
    const some = ordered.slice(start, start + BATCH_ROWS);
    await database.query(INSERT, [
      some.map((row) => row.vehicle),
      instants(some.map((row) => row.ts)),
      some.map((row) => row.lat),
      some.map((row) => row.lon),
      some.map((row) => row.bearing),
      some.map((row) => row.speed_mps),
      some.map((row) => row.trip),
      some.map((row) => row.occupancy),
    ]);
  }
};
