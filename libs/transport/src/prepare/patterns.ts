import type { Feed, Trip } from '../gtfs/feed.js';
import { servicesOn } from '../gtfs/service-days.js';

/** The trips of a line that call at the same stops in the same order. */
export interface Pattern {
  /** Its trips' own name for it; else `<line>-<number>`, in the order of the feed. */
  readonly id: string;
  readonly line: string;
  /** Seconds from departure, of the pattern's slowest trip, so that no stop is promised too early a return. */
  readonly stops: readonly { readonly stop: string; readonly offsetS: number }[];
  readonly trips: readonly Trip[];
}

const patternsByFeed = new WeakMap<Feed, readonly Pattern[]>();

/** Every pattern of the feed. */
export const patternsOf = (feed: Feed): readonly Pattern[] => {
  const known = patternsByFeed.get(feed);
  if (known) return known;
  const patterns = groupTrips(feed);
  patternsByFeed.set(feed, patterns);
  return patterns;
};

const groupTrips = (feed: Feed): readonly Pattern[] => {
  const groups = new Map<string, Trip[]>();
  for (const trip of feed.trips.values()) {
    const key = JSON.stringify([trip.line, trip.pattern ?? null, ...trip.stops.map(({ stop }) => stop)]);
    const group = groups.get(key);
    if (group) group.push(trip);
    else groups.set(key, [trip]);
  }
  const numbers = new Map<string, number>();
  return [...groups.values()].flatMap((trips) => {
    const [first] = trips;
    if (!first) return [];
    const slowest = trips.reduce((a, b) => (runningS(b) > runningS(a) ? b : a));
    if (first.pattern !== undefined) return [{ id: first.pattern, line: first.line, stops: offsetsOf(slowest), trips }];
    const number = (numbers.get(first.line) ?? 0) + 1;
    numbers.set(first.line, number);
    return [{ id: `${first.line}-${number}`, line: first.line, stops: offsetsOf(slowest), trips }];
  });
};

/** The patterns of a line with service on a civil day; without any service, all of them. Empty for a line that the feed lacks. */
export const listPatternsOn = (
  feed: Feed,
  patterns: readonly Pattern[],
  line: string,
  day: number,
): readonly Pattern[] => {
  const services = servicesOn(feed, day);
  const all = patterns.filter((pattern) => pattern.line === line);
  const running = all.filter(({ trips }) => trips.some(({ service }) => services.has(service)));
  return running.length > 0 ? running : all;
};

/**
 * The pattern that stands for a line on a civil day: of the patterns with service that day the longest, and without any
 * service the line's longest, so that extra departures know their way. Undefined for a line that the feed lacks.
 */
export const findPattern = (feed: Feed, patterns: readonly Pattern[], line: string, day: number): Pattern | undefined =>
  listPatternsOn(feed, patterns, line, day).reduce<Pattern | undefined>(
    (longest, pattern) => (longest && longest.stops.length >= pattern.stops.length ? longest : pattern),
    undefined,
  );

const startS = (trip: Trip): number => trip.stops[0]?.departureS ?? 0;

const runningS = (trip: Trip): number => (trip.stops.at(-1)?.arrivalS ?? 0) - startS(trip);

const offsetsOf = (trip: Trip): Pattern['stops'] =>
  trip.stops.map(({ stop, arrivalS, departureS }, index) => ({
    stop,
    offsetS: (index === trip.stops.length - 1 ? arrivalS : departureS) - startS(trip),
  }));
