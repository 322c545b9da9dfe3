import { epochMs, type EpochMs, HOUR_MS } from '#libs/kernel';
import type { Departure } from '../problem/plan.js';
import type { DayTrip } from './day-trip.js';
import { matchDepartures } from './match-departures.js';
import { dayAfter, formatDate, instantOf, secondOf, serviceDayOf } from './service-time.js';
import type { Timetable } from './timetable.js';
import { timetableTrips } from './timetable-trips.js';
import { withIds } from './trip-id.js';

/** Within a service day a new edition comes at most this often: apps fetch it again with each. */
const EDITION_MS = HOUR_MS;

/** What the public was told: the trips of a service day and of the next one, as the static feed has them until the next edition. */
export interface Edition {
  readonly created_ms: number;
  /** Its first service day: civil midnight, ms. */
  readonly day: number;
  /** Of the pack that its timetable is of. */
  readonly pack_version: string;
  readonly trips: readonly DayTrip[];
}

export interface EditionInputs {
  readonly timetable: Timetable;
  readonly packVersion: string;
  readonly now: EpochMs;
  /** What has left, is planned, or goes by the timetable where nothing is planned. */
  readonly departures: readonly Departure[];
}

/**
 * The edition to publish: the standing one while it is of this service day and pack and says all that is to leave, or is younger than an hour. A new one keeps every trip that
 * the standing one told of its days, so that no app loses a trip that it has; what is not driven is cancelled in the realtime feed instead.
 */
export const nextEdition = (inputs: EditionInputs, standing: Edition | undefined): Edition => {
  const { timetable, packVersion, now, departures } = inputs;
  const { timeZone } = timetable;
  const day = serviceDayOf(timeZone, now);
  const kept = standing?.pack_version === packVersion ? standing : undefined;
  const isOfToday = kept?.day === day;
  if (kept && isOfToday && now >= kept.created_ms && now < kept.created_ms + EDITION_MS) return kept;

  const days = [day, dayAfter(day)];
  const known = new Map(
    [
      ...(kept ? stillTrue(kept.trips, timetable, now, days) : []),
      ...days.flatMap((one) => timetableTrips(timetable, one)),
    ].map((trip) => [trip.id, trip]),
  );
  const matched = matchDepartures([...known.values()], departures, timeZone);
  const extra = matched.extra.filter(({ departs_ms }) => serviceDayOf(timeZone, epochMs(departs_ms)) >= day);
  if (kept && isOfToday && extra.length === 0) return kept;
  for (const [id, { vehicle }] of matched.driven) {
    const trip = known.get(id);
    if (trip) known.set(id, { ...trip, vehicle });
  }
  const trips = [...known.values(), ...extraTrips(extra, timetable, new Set(known.keys()))];
  return { created_ms: now, day, pack_version: packVersion, trips };
};

/** A trip for each departure that was not announced. A pattern that the feed lacks has no stops to show, so its departures are left out. */
export const extraTrips = (
  extra: readonly Departure[],
  { patterns, timeZone }: Timetable,
  taken: Set<string>,
): readonly DayTrip[] =>
  withIds(
    extra.flatMap(({ line, pattern, departs_ms, vehicle }) => {
      const at = epochMs(departs_ms);
      const day = serviceDayOf(timeZone, at);
      const template = patterns.get(pattern)?.trips[0]?.id;
      return template === undefined
        ? []
        : [{ line, pattern, template, day, start_s: secondOf(timeZone, day, at), vehicle }];
    }),
    taken,
  );

/** Trips of the days that an edition has, and of earlier ones those that may be under way, an hour late at most. */
const stillTrue = (
  trips: readonly DayTrip[],
  { feed, timeZone }: Timetable,
  now: EpochMs,
  days: readonly number[],
): readonly DayTrip[] =>
  trips.filter(({ day, start_s, template }) => {
    const stops = feed.trips.get(template)?.stops;
    if (!stops) return false;
    const runningS = (stops.at(-1)?.arrivalS ?? 0) - (stops[0]?.departureS ?? 0);
    return days.includes(day) || (day < (days[0] ?? 0) && instantOf(timeZone, day, start_s + runningS) > now - HOUR_MS);
  });

/** `<first service day>.<seconds since 1970 when it was made>`: the feed_version. */
export const editionVersion = ({ day, created_ms }: Pick<Edition, 'day' | 'created_ms'>): string =>
  `${formatDate(day)}.${Math.floor(created_ms / 1000)}`;
