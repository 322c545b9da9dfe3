import type { PlannedTrip } from '../day-feed/day-trip.js';
import { tripEnd } from '../day-feed/plan-trips.js';
import { formatDate, formatTime } from '../day-feed/service-time.js';
import type { TripRef, VehicleLocation } from './contract.js';

/** How every feed names a trip. */
export const tripRef = ({ id, line, day, start_s, status }: PlannedTrip): TripRef => ({
  trip: id,
  line,
  start_date: formatDate(day),
  start_time: formatTime(start_s),
  relation: status,
});

/**
 * The trip that each vehicle is on, one at a time whatever the plans overlap: what the live picture says, else the last of its
 * trips that has left and is not over by the plan.
 */
export const tripsUnderWay = (
  trips: readonly PlannedTrip[],
  locations: readonly VehicleLocation[],
  now: number,
): ReadonlyMap<string, PlannedTrip> => {
  const underWay = new Map<string, PlannedTrip>();
  for (const trip of trips) {
    if (trip.vehicle === undefined || trip.status === 'canceled' || trip.departs_ms > now || tripEnd(trip) <= now)
      continue;
    const other = underWay.get(trip.vehicle);
    if (!other || other.departs_ms <= trip.departs_ms) underWay.set(trip.vehicle, trip);
  }
  for (const { vehicle, departure } of locations) {
    if (!departure) continue;
    const trip = trips.find(
      (one) =>
        one.vehicle === vehicle &&
        one.pattern === departure.pattern &&
        one.departs_ms === departure.departs_ms &&
        one.status !== 'canceled',
    );
    if (trip) underWay.set(vehicle, trip);
    else underWay.delete(vehicle);
  }
  return underWay;
};
