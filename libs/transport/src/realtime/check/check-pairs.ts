import type { RealtimeFeed } from '../contract.js';
import { finding, type RealtimeFinding } from './finding.js';

/** Vehicles and trips, of one feed or of two that belong together: who drives what is the same in both. */
export const checkPairs = (feed: RealtimeFeed, beside: RealtimeFeed | undefined): readonly RealtimeFinding[] => {
  const vehicles = [...feed.vehicles, ...(beside?.vehicles ?? [])];
  const trips = [...feed.trips, ...(beside?.trips ?? [])];
  if (vehicles.length === 0 || trips.length === 0) return [];
  const vehicleOf = new Map(trips.flatMap(({ trip, vehicle }) => (trip.trip && vehicle ? [[trip.trip, vehicle]] : [])));
  const updated = new Set(trips.map(({ trip }) => trip.trip));
  const seen = new Set(vehicles.map(({ vehicle }) => vehicle));
  return [
    ...vehicles.flatMap(({ id, vehicle, trip }): readonly RealtimeFinding[] => {
      if (trip?.trip === undefined) return [];
      if (!updated.has(trip.trip))
        return [
          finding('W003', `vehicle ${id}.trip.trip_id`, trip.trip, 'The feed of trips should have the trip too.'),
        ];
      const driver = vehicleOf.get(trip.trip);
      return driver === undefined || driver === vehicle
        ? []
        : [finding('E047', `vehicle ${id}.trip.trip_id`, trip.trip, `The feed of trips has vehicle ${driver} on it.`)];
    }),
    ...trips.flatMap(({ id, vehicle }) =>
      vehicle === undefined || seen.has(vehicle)
        ? []
        : [
            finding(
              'W003',
              `trip_update ${id}.vehicle.id`,
              vehicle,
              'The feed of vehicles should have the vehicle too.',
            ),
          ],
    ),
  ];
};
