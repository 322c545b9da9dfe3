import type { DayTrip } from './day-trip.js';
import { groupBy } from './group-by.js';
import { formatDate } from './service-time.js';

/**
 * The block of each trip, by trip_id: what one vehicle drives on a service day, one trip after the other. A trip that begins before the last
 * one of its vehicle is over stands in no block: plans that were made at different times overlap. `runningS`: how long a trip takes.
 */
export const blocksOf = (
  trips: readonly DayTrip[],
  runningS: (trip: DayTrip) => number,
): ReadonlyMap<string, string> => {
  const blocks = new Map<string, string>();
  const driven = trips.filter(({ vehicle }) => vehicle !== undefined);
  for (const [block, own] of groupBy(driven, ({ day, vehicle = '' }) => `${formatDate(day)}-${vehicle}`)) {
    let free = -Infinity;
    for (const trip of own.toSorted((a, b) => a.start_s - b.start_s)) {
      if (trip.start_s < free) continue;
      blocks.set(trip.id, block);
      free = trip.start_s + runningS(trip);
    }
  }
  return blocks;
};
