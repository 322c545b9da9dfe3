import type { Feed } from '../gtfs/feed.js';
import { type Box, boxAround, type Place } from './geo.js';

/** Where the vehicles of a schedule can be. */
export interface Network {
  /** Around all stops and shapes; undefined where none has a place. */
  readonly area: Box | undefined;
  /** Metres outside of the area that still count as in it. */
  readonly areaMargin_m: number;
  /** The shape of a trip of the schedule; undefined where it has none. */
  readonly shapeOf: (trip: string) => readonly Place[] | undefined;
  /** Metres from its shape at which a vehicle is still on a trip. */
  readonly shapeMargin_m: number;
}

export const openNetwork = ({ stops, shapes, trips }: Feed): Network => ({
  area: boxAround([...placesOf(stops.values()), ...[...shapes.values()].flat()]),
  areaMargin_m: 1_600,
  shapeOf: (trip) => {
    const shape = trips.get(trip)?.shape;
    return shape === undefined ? undefined : shapes.get(shape);
  },
  shapeMargin_m: 200,
});

const placesOf = (stops: Iterable<{ readonly stop_lat?: number; readonly stop_lon?: number }>): readonly Place[] =>
  [...stops].flatMap(({ stop_lat: lat, stop_lon: lon }) =>
    lat === undefined || lon === undefined ? [] : [{ lat, lon }],
  );
