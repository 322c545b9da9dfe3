import { epochMs, type EpochMs, HOUR_MS } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import type { Departure } from '../problem/plan.js';
import type { DayTrip, PlannedCall, PlannedTrip } from './day-trip.js';
import { type Edition, extraTrips } from './edition.js';
import { matchDepartures } from './match-departures.js';
import { instantOf } from './service-time.js';
import type { Timetable } from './timetable.js';

export interface TripInputs {
  readonly edition: Edition;
  readonly timetable: Timetable;
  readonly now: EpochMs;
  /** What has left and what is to leave. */
  readonly departures: readonly Departure[];
  /** Whether the departures are all that leave on a line at a time (ms). Where they are not, an announced trip is not known to be cancelled. */
  readonly isCovered: (line: string, at: number) => boolean;
}

/** A trip is kept for so long after its end by the plan: it may be late. */
const LATE_MS = HOUR_MS;

/**
 * The trips that may be under way or are ahead: those that are driven, the announced ones that are not, and the extra ones. In time order, by id
 * where the time is one.
 */
export const planTrips = ({ edition, timetable, now, departures, isCovered }: TripInputs): readonly PlannedTrip[] => {
  const { feed, timeZone } = timetable;
  const { driven, extra } = matchDepartures(edition.trips, departures, timeZone);
  const announced = edition.trips.flatMap((trip): readonly PlannedTrip[] => {
    const departure = driven.get(trip.id);
    const at = instantOf(timeZone, trip.day, trip.start_s);
    if (departure) return [planned(trip, 'scheduled', departure, feed, at)];
    return isCovered(trip.line, at) ? [planned(trip, 'canceled', { departs_ms: at }, feed, at)] : [];
  });
  const taken = new Set(edition.trips.map(({ id }) => id));
  const added = extraTrips(extra, timetable, taken).map((trip) => {
    const at = instantOf(timeZone, trip.day, trip.start_s);
    return planned(trip, 'added', { departs_ms: at, vehicle: trip.vehicle }, feed, at);
  });
  return [...announced, ...added]
    .filter((trip) => tripEnd(trip) > (trip.status === 'canceled' ? now : now - LATE_MS))
    .sort((a, b) => a.departs_ms - b.departs_ms || (a.id < b.id ? -1 : 1));
};

/** When a trip ends by the plan, ms. */
export const tripEnd = ({ calls, departs_ms }: Pick<PlannedTrip, 'calls' | 'departs_ms'>): number =>
  departs_ms + (calls.at(-1)?.arrives_ms ?? 0) - (calls[0]?.departs_ms ?? 0);

const planned = (
  { vehicle: _announcedVehicle, ...trip }: DayTrip,
  status: PlannedTrip['status'],
  { departs_ms, vehicle }: { readonly departs_ms: number; readonly vehicle?: string | undefined },
  feed: Feed,
  announced: EpochMs,
): PlannedTrip => ({
  ...trip,
  ...(vehicle !== undefined && { vehicle }),
  status,
  departs_ms,
  calls: callsOf(feed, trip.template, announced),
});

/** A trip's calls when it leaves its first stop at a time. */
const callsOf = (feed: Feed, template: string, leaves: EpochMs): readonly PlannedCall[] => {
  const stops = feed.trips.get(template)?.stops ?? [];
  const first = stops[0]?.departureS ?? 0;
  const at = (second: number): number => epochMs(leaves + Math.max(0, Math.round(second - first)) * 1000);
  return stops.map(({ stop, arrivalS, departureS }, index) => ({
    stop_sequence: index + 1,
    stop,
    arrives_ms: at(arrivalS),
    departs_ms: at(departureS),
  }));
};
