import type { Pack, VehicleType } from '#libs/games';
import type { Feed } from '../gtfs/feed.js';
import { patternsOf } from '../prepare/patterns.js';
import type { FindDrive } from '../prepare/drives.js';
import { placeOfDepot, positionOfStop } from '../prepare/sites.js';
import type { RoadPattern } from './apply-closures.js';
import { conditionsOf, type RoadSituation, type RoadVehicle } from './conditions.js';
import { buildRoadGraph, type RoadGraph } from './graph.js';
import { type FarPlace, joinPlaces, type JoinedPlace, type RoadPlace } from './places.js';
import { arrivalAt, type Search, searchFrom } from './search.js';

/** The roads of a pack, with its stops and depots on them. */
export interface RoadNetwork {
  readonly graph: RoadGraph;
  /** Stops of the pack's lines by stop_id, and depots as the dispatch problem calls their places. */
  readonly places: ReadonlyMap<string, JoinedPlace>;
  /** Places too far from any road. */
  readonly far: readonly FarPlace[];
  /** Patterns of the pack's lines whose stops are all on the roads. */
  readonly patterns: readonly RoadPattern[];
}

/** Undefined for a pack without roads. A stop without a position is on no road. */
export const buildRoadNetwork = (
  pack: Pick<Pack, 'games' | 'transport' | 'roads'>,
  feed: Feed,
): RoadNetwork | undefined => {
  const settings = pack.transport.roads;
  if (!pack.roads || !settings) return undefined;
  const graph = buildRoadGraph({ roads: pack.roads, settings, timeZone: pack.games.time_zone });
  const lines = new Set(pack.transport.lines.map(({ id }) => id));
  const patterns = patternsOf(feed).filter(({ line }) => lines.has(line));
  const { joined, far } = joinPlaces(graph, [
    ...placesOfStops(feed, new Set(patterns.flatMap(({ stops }) => stops.map(({ stop }) => stop)))),
    ...placesOfDepots(pack.transport.depots, feed),
  ]);
  const places = new Map(joined.map((place) => [place.place.id, place]));
  return {
    graph,
    places,
    far,
    patterns: patterns.flatMap(({ id, line, stops }) => {
      const own = stops.flatMap(({ stop }) => places.get(stop) ?? []);
      return own.length === stops.length ? [{ line, pattern: id, stops: own }] : [];
    }),
  };
};

/** Empty rides over the roads, as the dispatch problem asks for them. Ways from a place are looked for once for each time. */
export const findRoadDrive = (network: RoadNetwork, situation: Omit<RoadSituation, 'at'>): FindDrive => {
  const targets = [...network.places.values()];
  const remembered = new Map<string, Search>();
  let conditions: ReturnType<typeof conditionsOf> | undefined;
  let rememberedAt = Number.NaN;
  return (from, to, at) => {
    const [start, end] = [network.places.get(from.id), network.places.get(to.id)];
    if (!start || !end) return undefined;
    if (at !== rememberedAt || !conditions) {
      conditions = conditionsOf(network.graph, { ...situation, at });
      remembered.clear();
      rememberedAt = at;
    }
    const search = remembered.get(from.id) ?? searchFrom(conditions, start, 0, targets);
    remembered.set(from.id, search);
    const arrival = arrivalAt(search, end);
    return arrival && { seconds: arrival.seconds, metres: arrival.metres };
  };
};

/** Where any vehicle of these types may go: as high and as heavy as the greatest, with the chains and permits that all have. */
export const strictestVehicle = (types: readonly VehicleType[]): RoadVehicle => {
  const [first, ...others] = types;
  return {
    height_m: Math.max(0, ...types.map(({ height_m }) => height_m ?? 0)),
    weight_t: Math.max(0, ...types.map(({ weight_t }) => weight_t ?? 0)),
    chains: types.every(({ chains }) => chains ?? false),
    permits: (first?.permits ?? []).filter((permit) => others.every(({ permits }) => permits?.includes(permit))),
  };
};

const placesOfStops = (feed: Feed, stops: ReadonlySet<string>): readonly RoadPlace[] =>
  [...stops].flatMap((id) => placeAtStop(feed, id, id));

const placesOfDepots = (depots: Pack['transport']['depots'], feed: Feed): readonly RoadPlace[] =>
  depots.flatMap((depot): readonly RoadPlace[] => {
    const id = placeOfDepot(depot);
    const { stop, name, lat, lon } = depot;
    if (stop !== undefined) return placeAtStop(feed, id, stop);
    return lat === undefined || lon === undefined ? [] : [{ id, name, lat, lon }];
  });

const placeAtStop = (feed: Feed, id: string, stop: string): readonly RoadPlace[] => {
  const position = positionOfStop(feed, stop);
  const name = feed.stops.get(stop)?.stop_name;
  return position ? [{ id, ...position, ...(name !== undefined && { name }) }] : [];
};
