import type { LivePicture, LiveVehicle } from '../live/live-picture.js';
import type { TripPrediction, VehicleLocation } from './contract.js';

/** What the feeds take of the live picture. */
export const liveInputs = ({
  vehicles,
  predictions,
}: Pick<LivePicture, 'vehicles' | 'predictions'>): {
  readonly locations: readonly VehicleLocation[];
  readonly predictions: readonly TripPrediction[];
} => ({ locations: vehicles.map(locationOf), predictions });

const locationOf = (live: LiveVehicle): VehicleLocation => {
  const { vehicle, ts, lat, lon, bearing, speed_mps, occupancy, trip, next_stop } = live;
  return {
    vehicle,
    ts,
    lat,
    lon,
    ...(bearing !== undefined && { bearing }),
    ...(speed_mps !== undefined && { speed_mps }),
    ...(trip && { departure: { pattern: trip.pattern, departs_ms: trip.departs_ms } }),
    ...(next_stop && { next_stop_sequence: next_stop.sequence, at_stop: next_stop.at_stop }),
    ...(occupancy !== undefined && { aboard: occupancy }),
  };
};
