import { type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import type { Queryable } from '../connection.js';
import type { ReadingRow } from '../contract.js';
import { instants, integers } from '../wire/binary-arrays.js';

/** The points of all minutes in one list, `first` to `last` of it (from 1) in each. */
export interface WrittenMinutes {
  readonly minutes: readonly EpochMs[];
  readonly points: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Minutes that rows fall into, each with its points. Preconditions: rows in key order. */
export const writtenMinutes = (rows: readonly ReadingRow[]): WrittenMinutes => {
  const pointsOf = new Map<EpochMs, number[]>();
  let minute: EpochMs | undefined;
  let points: number[] = [];
  for (const row of rows) {
    const of = floorTo(row.ts, MINUTE_MS);
    if (of !== minute) {
      minute = of;
      points = pointsOf.get(of) ?? [];
      pointsOf.set(of, points);
    }
    if (points.at(-1) !== row.pointId) points.push(row.pointId);
  }
  const first: number[] = [];
  const last: number[] = [];
  let count = 0;
  for (const list of pointsOf.values()) {
    first.push(count + 1);
    count += list.length;
    last.push(count);
  }
  return { minutes: [...pointsOf.keys()], points: [...pointsOf.values()].flat(), first, last };
};

const MARK = `
  insert into rollup_pending (bucket, point_ids)
  select bucket, ($2::integer[])[first:last]
  from unnest($1::timestamptz[], $3::integer[], $4::integer[]) as minute (bucket, first, last)`;

/** Marks the minutes of these rows for the next roll-up, also of rows that were there before: making a minute again is harmless. */
export const markPending = async (database: Queryable, rows: readonly ReadingRow[]): Promise<void> => {
  const { minutes, points, first, last } = writtenMinutes(rows);
  const values = [instants(minutes), integers(points), integers(first), integers(last)];
  await database.query({ name: 'mark_pending', text: MARK, values });
};
