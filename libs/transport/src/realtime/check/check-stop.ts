import type { Feed } from '../../gtfs/feed.js';
import { finding, type RealtimeFinding, unless } from './finding.js';

/** A stop that a feed names: the schedule has it, and it is where vehicles call. */
export const checkStop = (stop: string | undefined, path: string, feed: Feed): readonly RealtimeFinding[] => {
  if (stop === undefined) return [];
  const row = feed.stops.get(stop);
  if (!row) return [finding('E011', path, stop, 'The schedule must have the stop.')];
  const type = row.location_type ?? 0;
  return unless(type === 0, 'E015', path, stop, `Vehicles call at location_type 0, and this has ${type}.`);
};
