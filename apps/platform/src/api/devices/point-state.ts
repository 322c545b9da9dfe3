import type { EpochMs } from '#libs/kernel';

/** `never`: nothing of it was ever stored. */
export type PointState = 'live' | 'stale' | 'never';

/** Missed readings after which a point is stale. */
const STALE_INTERVALS = 3;
/** What a reading may be under way, wall time: at a faster event time that is many of its seconds. */
const UNDER_WAY_MS = 5_000;

/** Whether a point that has a reading every `intervalS` still has them. `last`: event time of its newest one; `speed`: of event time against the wall's. */
export const pointState = (last: EpochMs | undefined, intervalS: number, now: EpochMs, speed: number): PointState => {
  if (last === undefined) return 'never';
  const allowed = STALE_INTERVALS * intervalS * 1_000 + UNDER_WAY_MS * Math.max(0, speed - 1);
  return now - last > allowed ? 'stale' : 'live';
};
