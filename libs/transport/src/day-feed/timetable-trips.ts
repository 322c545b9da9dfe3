import { servicesOn } from '../gtfs/service-days.js';
import { departuresOf } from '../prepare/scheduled.js';
import type { DayTrip } from './day-trip.js';
import type { Timetable } from './timetable.js';
import { withIds } from './trip-id.js';

/** Every departure of a service day (civil midnight, ms) by the timetable, each as a trip of its own, in the order of the feed and then of time. */
export const timetableTrips = ({ feed, patterns }: Timetable, day: number): readonly DayTrip[] => {
  const services = servicesOn(feed, day);
  const taken = new Set<string>();
  return [...patterns.values()].flatMap(({ id: pattern, line, trips }) =>
    withIds(
      trips
        .filter(({ service }) => services.has(service))
        .flatMap((trip) =>
          departuresOf(trip).map((start_s) => ({
            line,
            pattern,
            template: trip.id,
            day,
            start_s: Math.round(start_s),
          })),
        )
        .sort((a, b) => a.start_s - b.start_s),
      taken,
    ),
  );
};
