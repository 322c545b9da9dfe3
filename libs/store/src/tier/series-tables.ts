/** A table whose rows belong to an instant. */
export interface SeriesTable {
  readonly name: 'reading' | 'reading_1m' | 'reading_15m' | 'vehicle_position';
  readonly time: 'ts' | 'bucket';
  /** Days in a partition or chunk: some dozens of them in a table's life, so that planning a query stays cheap. */
  readonly chunkDays: number;
  readonly keepDays: number;
}

export const READING: SeriesTable = { name: 'reading', time: 'ts', chunkDays: 1, keepDays: 90 };
export const READING_1M: SeriesTable = { name: 'reading_1m', time: 'bucket', chunkDays: 7, keepDays: 400 };
export const READING_15M: SeriesTable = { name: 'reading_15m', time: 'bucket', chunkDays: 30, keepDays: 3 * 365 };

export const VEHICLE_POSITION: SeriesTable = { name: 'vehicle_position', time: 'ts', chunkDays: 1, keepDays: 90 };

export const READING_TABLES = [READING, READING_1M, READING_15M] as const;
export const SERIES_TABLES = [...READING_TABLES, VEHICLE_POSITION] as const;
export const ROLLUP_TABLES = [READING_1M, READING_15M] as const;

/** Readings may come this late (a gateway's buffer); older chunks may be packed away. */
export const LATE_DAYS = 35;
