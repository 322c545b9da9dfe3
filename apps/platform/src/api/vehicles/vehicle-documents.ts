import type { LivePictureDocument } from '../../positions/live-document.js';
import type { LineLiveDocument, VehicleDocument, VehicleListDocument } from './vehicle.schema.js';

/** Every vehicle of a picture with its age at `now` and what is expected of it. */
export const vehicleDocuments = (
  { vehicles, predictions }: Pick<LivePictureDocument, 'vehicles' | 'predictions'>,
  now: number,
): VehicleDocument[] =>
  vehicles
    .toSorted((a, b) => (a.vehicle < b.vehicle ? -1 : 1))
    .map((vehicle) => ({
      ...vehicle,
      age_seconds: Math.max(0, (now - vehicle.ts) / 1000),
      predictions: predictions.filter(({ departure }) => departure.vehicle === vehicle.vehicle),
    }));

export const vehicleList = (picture: LivePictureDocument, now: number): VehicleListDocument => ({
  at_ms: picture.at_ms,
  vehicles: vehicleDocuments(picture, now),
  missing: picture.missing,
  departures: picture.departures.map(({ line, vehicle, planned_ms, actual_ms }) => ({
    line,
    vehicle,
    planned_ms,
    actual_ms: actual_ms ?? null,
  })),
});

/** What a line was to do in the last hour, what it did, and how far its vehicles are apart. */
export const lineLive = (line: string, picture: LivePictureDocument, now: number): LineLiveDocument => {
  const departures = picture.departures
    .filter((departure) => departure.line === line)
    .map(({ pattern, vehicle, planned_ms, actual_ms }) => ({
      pattern,
      vehicle,
      planned_ms,
      actual_ms: actual_ms ?? null,
      delay_s: actual_ms === undefined ? null : Math.round((actual_ms - planned_ms) / 1000),
    }));
  const delays = departures.flatMap(({ delay_s }) => delay_s ?? []);
  return {
    line,
    at_ms: picture.at_ms,
    vehicles: vehicleDocuments(picture, now).filter(({ trip }) => trip?.line === line),
    headways: picture.headways
      .filter((headway) => headway.line === line)
      .map(({ pattern, target_s, gaps }) => ({ pattern, target_s: target_s ?? null, gaps })),
    departures,
    delay:
      delays.length === 0
        ? null
        : {
            seen: delays.length,
            mean_s: Math.round(delays.reduce((sum, delay) => sum + delay, 0) / delays.length),
            worst_s: Math.max(...delays),
          },
  };
};
