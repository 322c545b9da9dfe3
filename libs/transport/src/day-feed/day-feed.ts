import type { Feed, Service, Trip } from '../gtfs/feed.js';
import type { DayTrip } from './day-trip.js';
import type { Edition } from './edition.js';
import { formatDate } from './service-time.js';
import type { Timetable } from './timetable.js';

/** An edition as a GTFS schedule: every departure a trip of its own on its date, with the times, the shape and the headsign of its template. */
export const dayFeed = ({ feed, timeZone }: Timetable, { trips }: Edition): Feed => ({
  ...feed,
  agencies: feed.agencies.map((agency) => ({ ...agency, agency_timezone: timeZone })),
  trips: new Map(trips.flatMap((trip) => tripOf(trip, feed.trips.get(trip.template)))),
  services: new Map([...new Set(trips.map(({ day }) => day))].sort().map((day) => [formatDate(day), onlyOn(day)])),
});

const onlyOn = (day: number): Service => ({ calendar: undefined, added: new Set([day]), removed: new Set() });

const tripOf = ({ id, day, start_s }: DayTrip, template: Trip | undefined): readonly (readonly [string, Trip])[] => {
  if (!template) return [];
  const first = template.stops[0]?.departureS ?? 0;
  const at = (second: number): number => start_s + Math.max(0, Math.round(second - first));
  return [
    [
      id,
      {
        ...template,
        id,
        service: formatDate(day),
        stops: template.stops.map((call) => ({
          ...call,
          arrivalS: at(call.arrivalS),
          departureS: at(call.departureS),
        })),
        headways: [],
      },
    ],
  ];
};
