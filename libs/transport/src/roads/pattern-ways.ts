import type { VehicleType } from '#libs/games';
import { conditionsOf, type RoadSituation } from './conditions.js';
import type { RoadNetwork } from './road-network.js';
import { strictestVehicle } from './road-network.js';
import { driveStops, type PatternRoute } from './route-pattern.js';

/** The way of a pattern at one time, and who may drive it. */
export interface PatternWay {
  /** Ids of the vehicle types that find a way; empty where none does. */
  readonly types: readonly string[];
  /** The way that all of these types can go, or the first of them where they part; undefined without types. */
  readonly route: PatternRoute | undefined;
}

/**
 * Every pattern of a pack's lines over the roads, by its id, left at the situation's `at`: seconds and metres of its legs, offsets of its stops, and
 * the types that its roads let through. Another time of day, weather or closure is another call.
 */
export const listPatternWays = (
  { graph, patterns }: RoadNetwork,
  types: readonly VehicleType[],
  situation: Omit<RoadSituation, 'vehicle'>,
): ReadonlyMap<string, PatternWay> => {
  const drives = types.map((type) => ({ type, conditions: conditionsOf(graph, { ...situation, vehicle: type }) }));
  return new Map(
    patterns.map(({ pattern, stops }) => {
      const ways = drives.flatMap(({ type, conditions }) => {
        const routing = driveStops(conditions, stops);
        return routing.kind === 'way' ? [{ type, route: routing.route }] : [];
      });
      const driving = ways.map(({ type }) => type);
      const together = driveStops(conditionsOf(graph, { ...situation, vehicle: strictestVehicle(driving) }), stops);
      const route = together.kind === 'way' ? together.route : ways[0]?.route;
      return [pattern, { types: driving.map(({ id }) => id), route: ways.length === 0 ? undefined : route }];
    }),
  );
};
