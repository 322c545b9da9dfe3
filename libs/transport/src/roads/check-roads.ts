import type { Pack } from '#libs/games';
import { epochMs, type Fault, showValue } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import { patternsOf } from '../prepare/patterns.js';
import { placeOfDepot, positionOfStop } from '../prepare/sites.js';
import type { RoadPattern } from './apply-closures.js';
import { routeDeadheads } from './deadheads.js';
import { at } from './node-queue.js';
import type { JoinedPlace, RoadPlace } from './places.js';
import { buildRoadNetwork, type RoadNetwork, strictestVehicle } from './road-network.js';
import { routePattern } from './route-pattern.js';

type RoadPack = Pick<Pack, 'games' | 'transport' | 'roads'>;

/** Any instant: in clear weather without closures the hour changes how long a way takes, and not whether there is one. */
const AT = epochMs(0);

/**
 * What the roads of a pack lack for its lines and depots: names of its speed rules, roads at stops and depots, ways along every pattern for
 * one vehicle type at least, and ways from every depot to a terminus and back. A pack without roads has no faults.
 */
export const checkRoads = (pack: RoadPack, feed: Feed): readonly Fault[] => {
  const network = buildRoadNetwork(pack, feed);
  const settings = pack.transport.roads;
  if (!network || !settings) return [];
  return [
    ...checkNames(pack),
    ...checkPlaces(pack, network, feed),
    ...checkPatterns(pack, network, settings.links),
    ...checkDepots(pack, network),
  ];
};

const checkNames = ({ transport, roads }: RoadPack): readonly Fault[] => {
  const known = new Set(roads?.links.map(({ name }) => name));
  return (transport.roads?.speed ?? []).flatMap(({ names = [] }, rule) =>
    names.flatMap((name, index): readonly Fault[] =>
      known.has(name)
        ? []
        : [
            {
              file: 'transport.yaml',
              path: `roads.speed[${rule}].names[${index}]`,
              value: showValue(name),
              rule: 'unknown_road',
              message: `No link of ${transport.roads?.links ?? ''} has this name. Perhaps it is misspelt.`,
            },
          ],
    ),
  );
};

const checkPlaces = ({ transport }: RoadPack, { far }: RoadNetwork, feed: Feed): readonly Fault[] => {
  const lines = new Set(transport.lines.map(({ id }) => id));
  const stops = new Set(
    patternsOf(feed).flatMap((pattern) => (lines.has(pattern.line) ? pattern.stops.map(({ stop }) => stop) : [])),
  );
  const file = `${transport.gtfs}/stops.txt`;
  const nowhere = [...stops].flatMap((stop): readonly Fault[] => {
    if (positionOfStop(feed, stop)) return [];
    const message = 'stop_lat and stop_lon must be there to find the road at the stop.';
    return [{ file, path: `stop_id ${stop}`, rule: 'stop_position', message }];
  });
  const depots = transport.depots.map(placeOfDepot);
  const distant = far.map(({ place, distanceM }): Fault => {
    const where = stops.has(place.id)
      ? { file, path: `stop_id ${place.id}` }
      : { file: 'transport.yaml', path: `depots[${depots.indexOf(place.id)}]` };
    const message = `The nearest road is ${Math.round(distanceM)} m away; at most 150 m are allowed. Perhaps the roads lack a link there.`;
    return { ...where, value: showValue(`${place.lat}, ${place.lon}`), rule: 'far_from_road', message };
  });
  return [...nowhere, ...distant];
};

const checkPatterns = ({ transport }: RoadPack, { graph, patterns }: RoadNetwork, links: string): readonly Fault[] => {
  const gaps = new Map<string, Fault>();
  for (const pattern of patterns) {
    const gap = findGap(graph, pattern, transport.vehicle_types);
    if (!gap) continue;
    const [from, to] = [gap.from.place, gap.to.place];
    const value = showValue(`${from.id} -> ${to.id}`);
    if (gaps.has(value)) continue;
    const message = `Line ${pattern.line} goes from stop ${showPlace(from)} to ${showPlace(to)}, and no vehicle type finds a way. Perhaps a link is missing or its direction is wrong, or its limits leave no type.`;
    gaps.set(value, { file: links, path: '', value, rule: 'no_way', message });
  }
  return [...gaps.values()];
};

/** Where the type that comes furthest has no way on; undefined when a type drives all of it. */
const findGap = (
  graph: RoadNetwork['graph'],
  { stops }: RoadPattern,
  types: Pack['transport']['vehicle_types'],
): { readonly from: JoinedPlace; readonly to: JoinedPlace } | undefined => {
  const routings = types.map((vehicle) => routePattern(graph, stops, { at: AT, vehicle }));
  const gaps = routings.flatMap((routing) => (routing.kind === 'no_way' ? [routing.gap] : []));
  if (gaps.length < routings.length) return undefined;
  const reach = gaps.map(({ to }) => stops.indexOf(to));
  return gaps[reach.indexOf(Math.max(...reach))];
};

const checkDepots = ({ transport }: RoadPack, { graph, places, patterns }: RoadNetwork): readonly Fault[] => {
  const termini = [...new Set(patterns.flatMap(({ stops }) => [stops[0], stops.at(-1)]))].flatMap((stop) => stop ?? []);
  if (termini.length === 0) return [];
  return transport.depots.flatMap((depot, index): readonly Fault[] => {
    const place = places.get(placeOfDepot(depot));
    if (!place) return [];
    const based = new Set(transport.fleet.filter((vehicles) => vehicles.depot === depot.id).map(({ type }) => type));
    const vehicle = strictestVehicle(transport.vehicle_types.filter(({ id }) => based.has(id)));
    const { seconds } = routeDeadheads(graph, [place, ...termini], { at: AT, vehicle });
    const count = termini.length + 1;
    const goesOut = termini.some((_, terminus) => Number.isFinite(at(seconds, terminus + 1)));
    const comesBack = termini.some((_, terminus) => Number.isFinite(at(seconds, (terminus + 1) * count)));
    if (goesOut && comesBack) return [];
    const message = `No road leads from the depot ${depot.name} to a line's first or last stop and back for the vehicles that are based there. Perhaps a link is missing.`;
    return [{ file: 'transport.yaml', path: `depots[${index}]`, value: showValue(depot.id), rule: 'no_way', message }];
  });
};

const showPlace = ({ id, name }: RoadPlace): string => (name === undefined ? id : `${name.trim()} (${id})`);
