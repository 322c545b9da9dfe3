import type { PlannedTrip } from '../day-feed/day-trip.js';
import type { VehicleLocation, VehicleReport } from './contract.js';
import { distanceToBox, distanceToLine, isPlace } from './geo.js';
import type { Network } from './network.js';
import { type Capacity, occupancyOf } from './occupancy.js';
import { present } from './present.js';
import { tripRef } from './trip-ref.js';

/** A vehicle that has been silent for longer is not shown: where it is now, nobody knows. */
export const SILENCE_MS = 300_000;

export const isSilent = (ts: number, clock: number): boolean => ts <= clock - SILENCE_MS;

export interface VehicleInputs {
  /** Of those that are not silent. */
  readonly locations: readonly VehicleLocation[];
  /** The trip that each vehicle is on, of those in the feed of trips. */
  readonly underWay: ReadonlyMap<string, PlannedTrip>;
  /** By vehicle; one that is missing is shown without occupancy. */
  readonly capacities: ReadonlyMap<string, Capacity>;
  readonly network: Network;
}

/**
 * Where the vehicles are. Left out is who is nowhere (0, 0) or outside the network's area. A vehicle has its trip while that is not over, and while it is near the trip's shape: who is far from it is somewhere else than the trip says.
 */
export const vehiclePositions = (inputs: VehicleInputs): readonly VehicleReport[] => {
  const { underWay, network } = inputs;
  return newestOfEach(inputs.locations.filter((location) => isShown(location, network))).map((location) => {
    const { vehicle } = location;
    const trip = nearTrip(location, underWay.get(vehicle), network);
    const capacity = inputs.capacities.get(vehicle);
    const call = trip?.calls[(location.next_stop_sequence ?? 0) - 1];
    return {
      id: vehicle,
      vehicle,
      label: vehicle,
      ...(trip && { trip: tripRef(trip) }),
      ts: location.ts,
      position: present<NonNullable<VehicleReport['position']>>({
        lat: location.lat,
        lon: location.lon,
        bearing: location.bearing === undefined ? undefined : ((location.bearing % 360) + 360) % 360,
        speed_mps: location.speed_mps === undefined ? undefined : Math.max(0, location.speed_mps),
      }),
      ...(call && {
        stop: call.stop,
        stop_sequence: call.stop_sequence,
        status: location.at_stop ? ('stopped_at' as const) : ('in_transit_to' as const),
      }),
      ...(location.aboard !== undefined && capacity && occupancyOf(location.aboard, capacity)),
    };
  });
};

const isShown = (location: VehicleLocation, { area, areaMargin_m }: Network): boolean =>
  isPlace(location) && (!area || distanceToBox(location, area) <= areaMargin_m);

const newestOfEach = (locations: readonly VehicleLocation[]): readonly VehicleLocation[] => {
  const newest = new Map<string, VehicleLocation>();
  for (const location of locations)
    if (location.ts >= (newest.get(location.vehicle)?.ts ?? -Infinity)) newest.set(location.vehicle, location);
  return [...newest.values()];
};

/** The trip, unless the vehicle is far from its shape. */
const nearTrip = (
  location: VehicleLocation,
  trip: PlannedTrip | undefined,
  { shapeOf, shapeMargin_m }: Network,
): PlannedTrip | undefined => {
  const shape = trip && shapeOf(trip.template);
  return shape && distanceToLine(location, shape) > shapeMargin_m ? undefined : trip;
};
