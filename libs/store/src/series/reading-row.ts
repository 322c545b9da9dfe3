import { type EpochMs, epochMs, type Interval } from '#libs/kernel';
import type { ReadingRow } from '../contract.js';

/** Instants that the store takes. PostgreSQL could hold more, but nothing outside is an event. */
export const STORABLE: Interval = { start: epochMs(Date.UTC(2000, 0, 1)), end: epochMs(Date.UTC(2200, 0, 1)) };

const isWhole = (value: number, lowest: number, highest: number): boolean =>
  Number.isInteger(value) && value >= lowest && value <= highest;

/** Throws a RangeError that names the first row that could not be stored. */
export const checkStorable = (rows: readonly ReadingRow[]): void => {
  for (const row of rows) {
    if (!(row.ts >= STORABLE.start && row.ts < STORABLE.end)) {
      throw new RangeError(
        `A reading of point ${row.pointId} has the time ${row.ts} (epoch ms); it must lie in [2000-01-01, 2200-01-01). Perhaps it was given in seconds or microseconds.`,
      );
    }
    if (!isWhole(row.pointId, 0, 2 ** 31 - 1) || !isWhole(row.quality, 0, 2 ** 15 - 1)) {
      throw new RangeError(
        `A reading at ${row.ts} of point ${row.pointId} with quality ${row.quality} is out of range: both must be whole numbers of 31 and 15 bits.`,
      );
    }
    if (!Number.isFinite(row.value)) {
      throw new RangeError(
        `A reading of point ${row.pointId} at ${row.ts} has the value ${row.value}; it must be finite.`,
      );
    }
  }
};

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
