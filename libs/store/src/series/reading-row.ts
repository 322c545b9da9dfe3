import { type EpochMs, epochMs, type Interval } from '#libs/kernel';
import type { ReadingRow } from '../contract.js';

/** Instants that the store takes. PostgreSQL could hold more, but nothing outside is an event. */
export const STORABLE: Interval = { start: epochMs(Date.UTC(2000, 0, 1)), end: epochMs(Date.UTC(2200, 0, 1)) };

/** Throws a RangeError that names the first row that could not be stored. */
export const checkStorable = (rows: readonly ReadingRow[]): void => {
  for (const row of rows) {
    if (!(row.ts >= STORABLE.start && row.ts < STORABLE.end)) {
      throw new RangeError(
        `A reading of point ${row.pointId} has the time ${row.ts} (epoch ms); it must lie in [2000-01-01, 2200-01-01). Perhaps it was given in seconds or microseconds.`,
      );
    }
    if (!Number.isFinite(row.value)) {
      throw new RangeError(
        `A reading of point ${row.pointId} at ${row.ts} has the value ${row.value}; it must be finite.`,
      );
    }
  }
};

/** Columns for `unnest($1::integer[], $2::float8[], $3::float8[], $4::smallint[])`; times as seconds. */
export const readingArrays = (rows: readonly ReadingRow[]): [number[], number[], number[], number[]] => [
  rows.map((row) => row.pointId),
  rows.map((row) => row.ts / 1000),
  rows.map((row) => row.value),
  rows.map((row) => row.quality),
];

export interface StoredReading {
  readonly point_id: number;
  readonly ts: Date;
  readonly value: number;
  readonly quality: number;
}

export const toReadingRow = (row: StoredReading): ReadingRow => ({
  pointId: row.point_id,
  ts: toEpochMs(row.ts),
  value: row.value,
  quality: row.quality,
});

export const toEpochMs = (date: Date): EpochMs => epochMs(date.getTime());
