import { Inject, Injectable } from '@nestjs/common';
import { type EpochMs, MINUTE_MS } from '#libs/kernel';
import type { VehicleLocation } from '#libs/transport';

import { CONTEXT, type PlatformContext } from '../../context.js';
import type { LiveInputs, LiveTransport } from '../gtfs/live-transport.js';
import { StoredPositions } from '../gtfs/stored-positions.js';
import type { LivePictureDocument } from '../../positions/live-document.js';
import { LivePictureReader } from './live-picture-reader.js';

/** A prediction made longer ago is no prediction any more, ms of event time. */
const OLD_MS = 5 * MINUTE_MS;

/** What spectators' feeds take of the live picture: positions as they came, with what control made of them. */
@Injectable()
export class StoredPicture implements LiveTransport {
  private readonly positions: StoredPositions;

  constructor(
    @Inject(CONTEXT) context: PlatformContext,
    private readonly pictures: LivePictureReader,
  ) {
    this.positions = new StoredPositions(context);
  }

  async read(now: EpochMs): Promise<LiveInputs> {
    const [{ locations }, picture] = await Promise.all([this.positions.read(now), this.pictures.read()]);
    if (picture.at_ms < now - OLD_MS) return { locations, predictions: [] };
    return {
      locations: enrich(locations, picture),
      predictions: picture.predictions.filter(({ ts }) => ts <= now && ts >= now - OLD_MS),
    };
  }
}

/** With the trip of the picture, and the stop that is next on it. */
export const enrich = (
  locations: readonly VehicleLocation[],
  { vehicles }: Pick<LivePictureDocument, 'vehicles'>,
): readonly VehicleLocation[] => {
  const known = new Map(vehicles.map((vehicle) => [vehicle.vehicle, vehicle]));
  return locations.map((location) => {
    const { trip, next_stop } = known.get(location.vehicle) ?? {};
    if (!trip) return location;
    const { line, pattern, departs_ms } = trip;
    const { departure = { line, pattern, departs_ms } } = location;
    // It may have begun another trip since the picture was made.
    if (departure.pattern !== pattern || departure.departs_ms !== departs_ms) return location;
    return {
      ...location,
      departure: { line, pattern, departs_ms },
      ...(next_stop && { next_stop_sequence: next_stop.sequence, at_stop: next_stop.at_stop }),
    };
  });
};
