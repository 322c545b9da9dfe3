import type { Feed, Trip } from '../gtfs/feed.js';
import { patternsOf } from '../prepare/patterns.js';
import { positionOfStop } from '../prepare/sites.js';
import type { LatLon } from '../roads/plane.js';
import { buildPatternPath } from './pattern-path.js';
import type { LivePattern } from './trip-plan.js';

/** Every pattern of a feed whose stops all have a position, by id: along its shape where it has one. */
export const livePatterns = (feed: Feed): ReadonlyMap<string, LivePattern> =>
  new Map(
    patternsOf(feed).flatMap(({ id, line, stops: times, trips }) => {
      const stops = times.flatMap(({ stop }) => {
        const position = positionOfStop(feed, stop);
        return position ? [{ stop, ...position }] : [];
      });
      if (stops.length < times.length) return [];
      const shape = shapeOf(feed, trips);
      const path = buildPatternPath({ pattern: id, line, stops, ...(shape && { shape }) });
      return path ? [[id, { path, times }] as const] : [];
    }),
  );

/** Of its first trip that has one. */
const shapeOf = (feed: Feed, trips: readonly Trip[]): readonly LatLon[] | undefined => {
  const name = trips.find(({ shape }) => shape !== undefined)?.shape;
  return name === undefined ? undefined : feed.shapes.get(name);
};
