import { type EpochMs, epochMs } from '#libs/kernel';
import type { LateTrip, LivePicture } from '#libs/transport';

/** A picture older than this says nothing of where vehicles are now, event ms. */
const STALE_MS = 10 * 60_000;

/** Vehicles that are expected at the end of their trip later than it was planned, and when they can leave again after the layover. */
export const lateTrips = (
  picture: LivePicture | undefined,
  layoverS: number,
  now: EpochMs,
): ReadonlyMap<string, LateTrip> => {
  if (!picture || picture.at_ms < now - STALE_MS) return new Map();
  const driving = new Map(picture.vehicles.flatMap(({ vehicle, trip }) => (trip ? [[vehicle, trip]] : [])));
  return new Map(
    picture.predictions.flatMap(({ departure, stops }) => {
      const trip = driving.get(departure.vehicle);
      const last = stops.at(-1);
      if (!last || trip?.departs_ms !== departure.departs_ms) return [];
      const ready = epochMs(last.arrives_ms + layoverS * 1000);
      return [[departure.vehicle, { departs_ms: departure.departs_ms, ready }] as const];
    }),
  );
};
