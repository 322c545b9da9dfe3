import type { Feed } from '../../gtfs/feed.js';
import type { RealtimeFeed } from '../contract.js';
import { openNetwork } from '../network.js';
import { checkAlert } from './check-alerts.js';
import { checkHeader, checkIteration, checkTimes, repeated } from './check-header.js';
import { checkPairs } from './check-pairs.js';
import { checkStopTimes } from './check-stop-times.js';
import { checkTrip } from './check-trip.js';
import { checkVehicles } from './check-vehicles.js';
import { finding, type RealtimeFinding } from './finding.js';

export interface RealtimeContext {
  /** The schedule that the feed speaks of. */
  readonly feed: Feed;
  /** ms */
  readonly now: number;
  /** The last message of the same feed. */
  readonly previous?: RealtimeFeed;
  /** The feed of trips that belongs to a feed of vehicles, or the other way round. */
  readonly beside?: RealtimeFeed;
  /** Alerts of the feed of alerts: who is on a detour may be far from its shape. */
  readonly alerts?: RealtimeFeed['alerts'];
}

/**
 * What is wrong with a GTFS-Realtime message: rules in the spirit of MobilityData's gtfs-realtime-validator, by its numbers. Errors break the specification,
 * warnings its advice. Not looked at are E005, E007, E008, E010, E014 and E046, which speak of the schedule or of blocks.
 */
export const checkRealtime = (message: RealtimeFeed, context: RealtimeContext): readonly RealtimeFinding[] => {
  const { feed, now, previous, beside, alerts = [] } = context;
  const tripIds = message.trips.flatMap(({ trip: { trip, start_date, start_time } }) =>
    trip === undefined ? [] : [[trip, start_date, start_time].join(' ')],
  );
  return [
    ...checkHeader(message, now),
    ...checkTimes(message, now),
    ...(previous ? checkIteration(message, previous) : []),
    ...message.trips.flatMap((update) => [
      ...checkTrip(update.trip, `trip_update ${update.id}.trip`, feed, update.vehicle !== undefined),
      ...checkStopTimes(update, feed),
    ]),
    ...repeated(tripIds).map((trip) =>
      finding('unique_trip', 'trip_update.trip', trip, 'A trip must have one update.'),
    ),
    ...message.vehicles.flatMap(({ id, trip, vehicle, stop }) => [
      ...(trip ? checkTrip(trip, `vehicle ${id}.trip`, feed, vehicle !== undefined) : []),
      ...(stop === undefined || feed.stops.has(stop)
        ? []
        : [finding('E011', `vehicle ${id}.stop_id`, stop, 'The schedule must have the stop.')]),
    ]),
    ...checkVehicles(message, openNetwork(feed), detouredTrips([...message.alerts, ...alerts], feed)),
    ...message.alerts.flatMap((alert) => checkAlert(alert, feed)),
    ...checkPairs(message, beside),
  ];
};

/** Trips that an alert sends another way, by themselves or with their route. */
const detouredTrips = (alerts: RealtimeFeed['alerts'], feed: Feed): ReadonlySet<string> => {
  const informs = alerts.filter(({ effect }) => effect === 'detour').flatMap(({ informs: entities }) => entities);
  const lines = new Set(informs.flatMap(({ line, trip }) => (trip === undefined ? (line ?? []) : [])));
  const trips = [...feed.trips.values()].filter(({ line }) => lines.has(line)).map(({ id }) => id);
  return new Set([...trips, ...informs.flatMap(({ trip }) => trip?.trip ?? [])]);
};
