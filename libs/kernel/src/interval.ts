import type { EpochMs } from './quantity.js';

/** The half-open interval [start, end). `start <= end`. */
export interface Interval {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

export const contains = (interval: Interval, instant: EpochMs): boolean =>
  interval.start <= instant && instant < interval.end;

export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;
