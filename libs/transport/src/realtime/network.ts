import type { Feed } from '../gtfs/feed.js';
import { type Box, boxAround, type Place } from './geo.js';

/** Where the vehicles of a schedule can be. */
export interface Network {
  /** Around all stops; undefined where none has a place. */
  readonly area: Box | undefined;
  /** Metres outside of the area that still count as in it. */
  readonly areaMargin_m: number;
  /** The shape of a trip of the schedule; undefined where it has none. */
  readonly shapeOf: (trip: string) => readonly Place[] | undefined;
  /** Metres from its shape at which a vehicle is still on a trip. */
  readonly shapeMargin_m: number;
}

export const openNetwork = ({ stops }: Feed): Network => ({
  area: boxAround(
    [...stops.values()].flatMap(({ stop_lat: lat, stop_lon: lon }): readonly Place[] =>
      lat === undefined || lon === undefined ? [] : [{ lat, lon }],
    ),
  ),
  areaMargin_m: 1_600,
  shapeOf: () => undefined,
  shapeMargin_m: 200,
});
