import type { DayTrip } from './day-trip.js';
import { formatDate, formatTime } from './service-time.js';

type Named = Pick<DayTrip, 'day' | 'pattern' | 'start_s'>;

/**
 * The GTFS trip_id of a departure: service day, pattern and the second at which it was first announced, such as `20260206-A-1-073000`; the
 * second departure of a pattern in one second has `-2` behind it. It is made of what never changes, so that every process and every plan says the same.
 */
const tripId = ({ day, pattern, start_s }: Named, ordinal: number): string =>
  `${formatDate(day)}-${pattern}-${formatTime(start_s).replaceAll(':', '')}${ordinal > 1 ? `-${ordinal}` : ''}`;

/** The trips with the first ids that are free; an id that is given out is taken from then on. */
export const withIds = <Trip extends Named>(
  trips: readonly Trip[],
  taken: Set<string>,
): readonly (Trip & { readonly id: string })[] =>
  trips.map((trip) => {
    let ordinal = 1;
    while (taken.has(tripId(trip, ordinal))) ordinal += 1;
    const id = tripId(trip, ordinal);
    taken.add(id);
    return { ...trip, id };
  });
