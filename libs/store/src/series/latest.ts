import { type EpochMs, epochMs, HOUR_MS } from '#libs/kernel';
import type { Queryable } from '../connection.js';
import type { ReadingRow } from '../contract.js';
import { type StoredReading, toReadingRow } from './reading-row.js';

/** Before the time that a quarter of the points have reached: nearly every point has a reading in there, in one chunk or two. */
const LOOK_BACK_MS = 2 * HOUR_MS;
/** Each call searches all chunks for one of so many shares of the silent points. */
const SHARES = 60;

const searchSince = (bound: string) => `
  select reading.* from unnest($1::integer[]) as point (id) cross join lateral (
    select point_id, ts, value, quality from reading where point_id = point.id ${bound} order by ts desc limit 1
  ) as reading`;

const SEARCH_ALL = searchSince('');
const SEARCH_BACK = searchSince('and ts >= $2');

/**
 * The newest reading of each point. A point without a reading lately would be looked up in every chunk there is, so what was found of it is remembered,
 * and it is searched for again within 60 calls: until then, only a reading that comes hours late is not seen.
 */
export class LatestReadings {
  private readonly known = new Map<number, ReadingRow | undefined>();
  private share = 0;

  constructor(private readonly database: Queryable) {}

  async find(pointIds: readonly number[]): Promise<ReadonlyMap<number, ReadingRow>> {
    const reached = this.reached();
    const recent = reached === undefined ? new Set<number>() : await this.searchBack(pointIds, reached);
    const silent = pointIds.filter((id) => !recent.has(id));
    const wanted =
      reached === undefined ? silent : silent.filter((id) => !this.known.has(id) || id % SHARES === this.share);
    this.share = (this.share + 1) % SHARES;
    if (wanted.length > 0) await this.searchAll(wanted);
    return new Map(
      pointIds.flatMap((id) => {
        const row = this.known.get(id);
        return row ? [[id, row] as const] : [];
      }),
    );
  }

  /** Not the newest of all: a few clocks that run ahead must not hide the others. */
  private reached(): EpochMs | undefined {
    const times = Float64Array.from([...this.known.values()].flatMap((row) => (row ? [row.ts] : []))).sort();
    const time = times[Math.floor((times.length * 3) / 4)];
    return time === undefined ? undefined : epochMs(time);
  }

  private async searchBack(pointIds: readonly number[], reached: EpochMs): Promise<ReadonlySet<number>> {
    const { rows } = await this.database.query<StoredReading>(SEARCH_BACK, [
      pointIds,
      new Date(reached - LOOK_BACK_MS),
    ]);
    return this.remember(rows);
  }

  private async searchAll(pointIds: readonly number[]): Promise<void> {
    const { rows } = await this.database.query<StoredReading>(SEARCH_ALL, [pointIds]);
    const found = this.remember(rows);
    for (const id of pointIds) if (!found.has(id)) this.known.set(id, undefined);
  }

  private remember(rows: readonly StoredReading[]): ReadonlySet<number> {
    for (const row of rows) {
      const reading = toReadingRow(row);
      this.known.set(reading.pointId, reading);
    }
    return new Set(rows.map((row) => row.point_id));
  }
}
