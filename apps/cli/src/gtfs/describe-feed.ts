import { type Feed, patternsOf, serviceRange } from '#libs/transport';

/** What a feed holds, for people and for machines. */
export interface FeedSummary {
  readonly agencies: number;
  readonly routes: number;
  readonly patterns: number;
  readonly trips: number;
  /** Of the trips those that stand for departures by headway. */
  readonly trips_by_headway: number;
  readonly stops: number;
  readonly shapes: number;
  readonly first_service_day: string | null;
  readonly last_service_day: string | null;
  readonly time_zone: string | null;
}

export const describeFeed = (feed: Feed): FeedSummary => {
  const [first, last] = serviceRange(feed);
  return {
    agencies: feed.agencies.length,
    routes: feed.lines.size,
    patterns: patternsOf(feed).length,
    trips: feed.trips.size,
    trips_by_headway: [...feed.trips.values()].filter(({ headways }) => headways.length > 0).length,
    stops: feed.stops.size,
    shapes: feed.shapes.size,
    first_service_day: formatDay(first),
    last_service_day: formatDay(last),
    time_zone: feed.agencies[0]?.agency_timezone ?? null,
  };
};

const formatDay = (day: number): string | null =>
  Number.isFinite(day) ? new Date(day).toISOString().slice(0, 10) : null;
