import { type EpochMs, epochMs, type EventClock, wallTimeAt } from '#libs/kernel';

/** How soon after each other ticks may come, whatever the speed. */
const SHORTEST_WAIT_MS = 50;
/** At most this share of a cadence's wall time is spent on solving: the rest is for reading, writing and the other cycles. */
const SOLVER_SHARE = 0.5;

/**
 * The first whole multiple of the cadence after `now` and after the boundary that was served last: a timer may fire a moment early,
 * and one boundary is not served twice.
 */
export const nextBoundary = (now: EpochMs, cadenceMs: number, served?: EpochMs): EpochMs =>
  epochMs((Math.floor(Math.max(now, served ?? now) / cadenceMs) + 1) * cadenceMs);

/** Wall milliseconds from `wall` until the event clock shows the boundary. */
export const waitForBoundary = (clock: EventClock, wall: EpochMs, boundary: EpochMs): number =>
  Math.max(SHORTEST_WAIT_MS, Math.ceil(wallTimeAt(clock, boundary) - wall));

/** Wall milliseconds that a solver may take in a cadence, at most `longestMs`. */
export const solverBudget = (cadenceMs: number, speed: number, longestMs: number): number =>
  Math.max(1, Math.min(longestMs, Math.floor((cadenceMs / speed) * SOLVER_SHARE)));
