import { epochMs, type EpochMs } from '#libs/kernel';

import type { ClockView } from '../../health/broker-watch.js';

/**
 * The event time at which what is known was true. Now, while control speaks, or as long as nobody has told the time at all. Else the latest time of what was
 * `heard` before it fell silent, and from others since. Never before `said`, the time that was given out last.
 */
export const latestTruth = (
  { state, event_ms: now }: Pick<ClockView, 'state' | 'event_ms'>,
  heard: readonly (number | undefined)[],
  said: EpochMs,
): EpochMs => {
  if (state === 'unknown') return now;
  if (state === 'online') return epochMs(Math.max(said, now));
  return epochMs(heard.reduce<number>((latest, at = 0) => (at <= now ? Math.max(latest, at) : latest), said));
};
