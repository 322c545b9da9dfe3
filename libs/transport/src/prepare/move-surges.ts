import { type EpochMs, HOUR_MS, type Interval, MINUTE_MS, type SlotGrid } from '#libs/kernel';

/** A session as it really goes. */
export interface SessionNews {
  readonly venue: string;
  /** As it was planned. */
  readonly planned: Interval;
  readonly state: 'scheduled' | 'running' | 'over_time' | 'ended' | 'cancelled';
  /** When it is expected to end, or ended; undefined: nobody said. */
  readonly ends?: EpochMs | undefined;
}

/** People leave from shortly before a session's end, and most of them within the hour after it. */
const LEAVING_BEFORE_MS = 5 * MINUTE_MS;
const LEAVING_AFTER_MS = HOUR_MS;

/** Slots on each side of the surge that tell how many people leave without a session. */
const BASE_SLOTS = 6;

/**
 * People expected out of a venue, with the surges of its sessions moved to when these really end: what a forecast from the weeks before has around the planned end, above
 * what is usual beside it, comes later by the delay, or earlier; of a cancelled session it does not come at all. What lies before `now` is counted, and stays.
 */
export const moveSurges = (
  people: readonly number[],
  grid: SlotGrid,
  news: readonly SessionNews[],
  now: EpochMs,
): readonly number[] => {
  const moved = [...people];
  for (const { planned, state, ends } of news) {
    const delayMs = delayOf(planned, state, ends, now);
    if (state !== 'cancelled' && Math.abs(delayMs) < grid.slotMs) continue;
    const slotOf = (at: number): number => Math.floor((at - grid.start) / grid.slotMs);
    const [first, last] = [slotOf(planned.end - LEAVING_BEFORE_MS), slotOf(planned.end + LEAVING_AFTER_MS)];
    const base = Math.min(meanOf(people, first - BASE_SLOTS, first), meanOf(people, last, last + BASE_SLOTS));
    const later = Math.round(delayMs / grid.slotMs);
    for (let slot = Math.max(first, slotOf(now), 0); slot < Math.min(last, people.length); slot += 1) {
      const surge = Math.max(0, (people[slot] ?? 0) - base);
      moved[slot] = (moved[slot] ?? 0) - surge;
      const to = Math.max(slot + later, slotOf(now), 0);
      if (state !== 'cancelled' && to < moved.length) moved[to] = (moved[to] ?? 0) + surge;
    }
  }
  return moved.map((count) => Math.max(0, count));
};

const delayOf = (planned: Interval, state: SessionNews['state'], ends: EpochMs | undefined, now: EpochMs): number => {
  if (ends !== undefined) return ends - planned.end;
  // It is still running past its end, and nobody said for how long: people do not come out before now.
  return (state === 'running' || state === 'over_time') && now > planned.end ? now - planned.end : 0;
};

/** Mean of the slots that exist; Infinity where none does, so that it is never the smaller one. */
const meanOf = (people: readonly number[], from: number, to: number): number => {
  const own = people.slice(Math.max(0, from), Math.max(0, to));
  return own.length === 0 ? Infinity : own.reduce((sum, count) => sum + count, 0) / own.length;
};
