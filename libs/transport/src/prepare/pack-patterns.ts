import type { Pack, PackPattern } from '#libs/games';
import { type Fault, ok, type Result } from '#libs/kernel';
import type { Feed, Trip } from '../gtfs/feed.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { driveStraight } from './drives.js';
import { type Pattern, patternsOf } from './patterns.js';
import { positionOfStop } from './sites.js';

/** A vehicle that passes a stop saves what a call costs it without anybody boarding, s. */
const PASSED_S = 15;
/** But of a leg at least this share is driven. */
const DRIVEN_SHARE = 0.5;

/** The pack's feed, with the short turns and expresses that the pack allows. */
export const readPackFeed = (pack: Pick<Pack, 'gtfs' | 'transport'>): Result<Feed, readonly Fault[]> => {
  const read = readGtfs(pack.gtfs);
  return read.ok ? ok(withPackPatterns(read.value, pack.transport)) : read;
};

/**
 * Patterns that the pack allows beside the feed's become trips that no service runs: a plan may drive them, the timetable never does. What `checkNetwork` names a fault
 * is left out.
 */
export const withPackPatterns = (feed: Feed, { lines }: Pick<Pack['transport'], 'lines'>): Feed => {
  const patterns = patternsOf(feed);
  const trips = lines.flatMap(({ id: line, patterns: own = [] }) =>
    own.flatMap((extra) => {
      const base = findBase(patterns, line, extra);
      return base ? [tripOf(feed, extra, base)] : [];
    }),
  );
  return trips.length === 0 ? feed : { ...feed, trips: new Map([...feed.trips, ...trips.map((trip) => [trip.id, trip] as const)]) }; // prettier-ignore
};

/** The pattern of a line that another one leaves stops of out. */
export interface Base {
  readonly pattern: Pattern;
  /** Of each call, its place in that pattern. */
  readonly at: readonly number[];
}

/** The line's longest pattern that calls at these stops in this order; undefined without one. */
export const findBase = (
  patterns: readonly Pattern[],
  line: string,
  { calls }: Pick<PackPattern, 'calls'>,
): Base | undefined =>
  patterns
    .filter((pattern) => pattern.line === line)
    .flatMap((pattern) => {
      const at = placeCalls(pattern, calls);
      return at ? [{ pattern, at }] : [];
    })
    .reduce<Base | undefined>(
      (best, one) => (best && best.pattern.stops.length >= one.pattern.stops.length ? best : one),
      undefined,
    );

/** Each call at the first place after the one before it; the last one of a loop at its end. */
const placeCalls = ({ stops }: Pattern, calls: readonly string[]): readonly number[] | undefined => {
  const at: number[] = [];
  for (const [index, call] of calls.entries()) {
    const after = at.at(-1) ?? -1;
    const isEnd = index === calls.length - 1 && index > 0 && stops.at(-1)?.stop === call && stops.length - 1 > after;
    const place = isEnd ? stops.length - 1 : stops.findIndex(({ stop }, here) => here > after && stop === call);
    if (place < 0) return undefined;
    at.push(place);
  }
  return at;
};

const tripOf = (feed: Feed, { id, kind, calls, minutes }: PackPattern, { pattern, at }: Base): Trip => {
  const legS = at.slice(1).map((to, index) => legSeconds(feed, kind, pattern, at[index] ?? 0, to));
  const totalS = legS.reduce((sum, seconds) => sum + seconds, 0);
  const scale = minutes === undefined || totalS === 0 ? 1 : (minutes * 60) / totalS;
  const [first] = pattern.trips;
  const startS = first?.stops[0]?.departureS ?? 0;
  let seconds = startS;
  const stops = calls.map((stop, index) => {
    if (index > 0) seconds += (legS[index - 1] ?? 0) * scale;
    return { stop, arrivalS: Math.round(seconds), departureS: Math.round(seconds) };
  });
  const shape = pattern.trips.find((trip) => trip.shape !== undefined)?.shape;
  return {
    id: `pattern ${id}`,
    pattern: id,
    line: pattern.line,
    service: `pattern ${id}`,
    stops,
    headways: [],
    ...(first?.headsign !== undefined && { headsign: first.headsign }),
    // An express takes the same streets; a short turn leaves them.
    ...(kind === 'express' && shape !== undefined && { shape }),
  };
};

/** Where stops are left out an express drives past them, and a short turn straight on, if that is sooner. */
const legSeconds = (feed: Feed, kind: PackPattern['kind'], { stops }: Pattern, from: number, to: number): number => {
  const along = (stops[to]?.offsetS ?? 0) - (stops[from]?.offsetS ?? 0);
  const passed = to - from - 1;
  if (passed === 0) return along;
  if (kind === 'express') return Math.max(DRIVEN_SHARE * along, along - PASSED_S * passed);
  const [a, b] = [siteOf(feed, stops[from]?.stop ?? ''), siteOf(feed, stops[to]?.stop ?? '')];
  return Math.min(along, driveStraight(a, b, 0 as Parameters<typeof driveStraight>[2])?.seconds ?? along);
};

const siteOf = (feed: Feed, id: string) => ({ id, position: positionOfStop(feed, id) });
