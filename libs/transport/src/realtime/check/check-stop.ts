import type { Feed } from '../../gtfs/feed.js';
import { type RealtimeFinding, unless } from './finding.js';

/** A stop that a feed names: the schedule has it, and it is where vehicles call. */
export const checkStop = (stop: string | undefined, path: string, feed: Feed): readonly RealtimeFinding[] => {
  if (stop === undefined) return [];
  return unless(feed.stops.has(stop), 'E011', path, stop, 'The schedule must have the stop.');
};
