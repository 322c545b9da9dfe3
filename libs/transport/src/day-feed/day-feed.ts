import type { Feed, FeedInfo, Service, StopTime, Trip } from '../gtfs/feed.js';
import { blocksOf } from './blocks.js';
import type { DayTrip } from './day-trip.js';
import { type Edition, editionVersion } from './edition.js';
import { formatDate } from './service-time.js';
import type { Timetable } from './timetable.js';

/** Of the files that are passed on as they are, those that speak of no trip and no service. */
const LASTING_FILES = new Set(['fare_attributes.txt', 'fare_rules.txt', 'levels.txt', 'pathways.txt']);

/**
 * An edition as a GTFS schedule: every departure a trip of its own on its date, with the running times, the shape and the headsign of its template. Stop times are counted
 * from 1, as the realtime feeds count them.
 */
export const dayFeed = ({ feed, timeZone }: Timetable, edition: Edition): Feed => {
  const days = [...new Set(edition.trips.map(({ day }) => day))].sort((a, b) => a - b);
  const blocks = blocksOf(edition.trips, ({ template }) => runningS(feed.trips.get(template)));
  const trips = edition.trips.flatMap((trip): readonly Trip[] => {
    const template = feed.trips.get(trip.template);
    return template ? [tripOf(trip, template, blocks.get(trip.id))] : [];
  });
  const shapes = new Set(trips.map(({ shape }) => shape));
  return {
    agencies: feed.agencies.map((agency) => ({ ...agency, agency_timezone: timeZone })),
    stops: feed.stops,
    lines: feed.lines,
    trips: new Map(trips.map((trip) => [trip.id, trip])),
    services: new Map(days.map((day) => [formatDate(day), onlyOn(day)])),
    shapes: new Map([...feed.shapes].filter(([id]) => shapes.has(id))),
    transfers: feed.transfers.filter(
      ({ from_trip_id, to_trip_id }) => from_trip_id === undefined && to_trip_id === undefined,
    ),
    info: infoOf(feed, edition, days),
    otherFiles: new Map([...feed.otherFiles].filter(([name]) => LASTING_FILES.has(name))),
  };
};

const runningS = (trip: Trip | undefined): number =>
  Math.ceil((trip?.stops.at(-1)?.arrivalS ?? 0) - (trip?.stops[0]?.departureS ?? 0));

const onlyOn = (day: number): Service => ({ calendar: undefined, added: new Set([day]), removed: new Set() });

const infoOf = ({ info, agencies }: Feed, edition: Edition, days: readonly number[]): FeedInfo | undefined => {
  const [agency] = agencies;
  const [first, last] = [days[0], days.at(-1)];
  if (!agency || first === undefined || last === undefined) return undefined;
  return {
    feed_publisher_name: info?.feed_publisher_name ?? agency.agency_name,
    feed_publisher_url: info?.feed_publisher_url ?? agency.agency_url,
    feed_lang: info?.feed_lang ?? agency.agency_lang ?? 'en',
    feed_start_date: first,
    feed_end_date: last,
    feed_version: editionVersion(edition),
  };
};

const tripOf = (
  { id, day, start_s }: DayTrip,
  { block: _templateBlock, stops, ...template }: Trip,
  block: string | undefined,
): Trip => {
  const first = stops[0]?.departureS ?? 0;
  const at = (second: number): number => start_s + Math.max(0, Math.round(second - first));
  return {
    ...template,
    id,
    service: formatDate(day),
    ...(block !== undefined && { block }),
    stops: stops.map(({ sequence: _sequence, ...call }): StopTime => ({
      ...call,
      arrivalS: at(call.arrivalS),
      departureS: at(call.departureS),
    })),
    headways: [],
  };
};
