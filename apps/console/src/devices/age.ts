import { formatDuration, UNKNOWN } from '../format/quantity.js';

const DAY_S = 86_400;

/** How long ago, event time: `42 s ago`, `3 days ago`; or how far ahead of now, for what has a wrong clock. */
export const formatAge = (instant: number | null, now: number): string => {
  if (instant === null) return UNKNOWN;
  const seconds = (now - instant) / 1_000;
  const size = Math.abs(seconds);
  const text = size < 2 * DAY_S ? formatDuration(size) : `${Math.floor(size / DAY_S)} days`;
  return seconds <= -1 ? `${text} ahead of now` : `${text} ago`;
};
