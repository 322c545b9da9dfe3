import { depots, siteOf } from './sites.mjs';

export const vehicleTypes = ['articulated', 'intercity', 'electric', 'minibus'];

/** Vehicles of each type at a depot, those that it has. */
export const fleetOf = (figures, depot) =>
  vehicleTypes.flatMap((type) => {
    const count = figures.find(`${depot.id}.${type}`);
    return count === undefined ? [] : [{ type, count }];
  });

/** Seated and standing people that a vehicle of a cluster takes in the mean: any of them may come for a departure. */
export const meanPlaces = (figures, cluster) => {
  const fleet = depots.filter(({ at }) => siteOf(at).cluster === cluster).flatMap((depot) => fleetOf(figures, depot));
  const places = fleet.reduce(
    (sum, { type, count }) => sum + count * (figures.get(`${type}.seats`) + figures.get(`${type}.standing`)),
    0,
  );
  return places / fleet.reduce((sum, { count }) => sum + count, 0);
};
