import { runStatement } from './database.js';

export interface Stored {
  readonly rows: number;
  /** Rows of a point and instant that has another row. */
  readonly duplicates: number;
}

const POINTS_AT_ONCE = 500;

/** Counts the table `reading`, some points at a time so that the server need not sort it. */
export const checkStored = async (url: string): Promise<Stored> => {
  const [points] = await runStatement<{ last: number }>(url, 'select coalesce(max(id), 0) as last from point');
  let [rows, duplicates] = [0, 0];
  for (let first = 0; first <= (points?.last ?? 0); first += POINTS_AT_ONCE) {
    const [counted] = await runStatement<{ rows: number; duplicates: number }>(
      url,
      `select coalesce(sum(times), 0)::float8 as rows, coalesce(sum(times - 1), 0)::float8 as duplicates
       from (select count(*) as times from reading
             where point_id >= ${first} and point_id < ${first + POINTS_AT_ONCE} group by point_id, ts) as instant`,
    );
    rows += counted?.rows ?? 0;
    duplicates += counted?.duplicates ?? 0;
  }
  return { rows, duplicates };
};
