import type { RoadLink, RoadNode, RoadSettings, RoadTables } from '#libs/games';
import { type EpochMs, epochMs } from '#libs/kernel';
import { buildRoadGraph, type RoadGraph } from './graph.js';
import { joinPlaces, type JoinedPlace } from './places.js';

/** A link of 60 km/h, a kilometre a minute, unless it says otherwise. */
export const tinyLink = (id: string, from: string, to: string, changes: Partial<RoadLink> = {}): RoadLink => ({
  id,
  from,
  to,
  directed: true,
  lengthM: 1000,
  freeSpeedKmh: 60,
  name: undefined,
  maxHeightM: undefined,
  maxWeightT: undefined,
  chains: false,
  permit: undefined,
  ...changes,
});

/** Degrees of a kilometre to the north and, at the equator, to the east. */
const KM = 360 / (2 * Math.PI * 6371);

/** A node so many kilometres east and north of the place where the equator meets Greenwich. */
export const tinyNode = (id: string, eastKm: number, northKm: number): RoadNode => ({
  id,
  lat: northKm * KM,
  lon: eastKm * KM,
});

/**
 * A street from a over b to c, a kilometre each, and around b a road by d, one kilometre longer:
 *
 *       d
 *     /   \
 *   a - b - c
 *
 * Main Street is a-b and b-c, one way; Hill Road is a-d (1 km) and d-c (2 km).
 */
export const tinyRoads: RoadTables = {
  nodes: [tinyNode('a', 0, 0), tinyNode('b', 1, 0), tinyNode('c', 2, 0), tinyNode('d', 1, 1)],
  links: [
    tinyLink('ab', 'a', 'b', { name: 'Main Street' }),
    tinyLink('bc', 'b', 'c', { name: 'Main Street' }),
    tinyLink('ad', 'a', 'd', { name: 'Hill Road' }),
    tinyLink('dc', 'd', 'c', { name: 'Hill Road', lengthM: 2000 }),
  ],
};

export const tinyGraph = (
  links: readonly RoadLink[] = tinyRoads.links,
  settings: Pick<RoadSettings, 'speed' | 'weather'> = {},
): RoadGraph => buildRoadGraph({ roads: { nodes: tinyRoads.nodes, links }, settings, timeZone: 'Europe/Rome' });

/** Places at nodes, by their id. */
export const atNodes = (graph: RoadGraph, ...ids: readonly string[]): readonly JoinedPlace[] => {
  const places = ids.map((id) => {
    const node = graph.nodes.find((candidate) => candidate.id === id);
    if (!node) throw new Error(`There is no node ${id}.`);
    return { ...node, name: id.toUpperCase() };
  });
  return joinPlaces(graph, places).joined;
};

/** A civil time in Rome, `12:00` or `12:00:30`, on 2 February 2026, when it is an hour ahead of UTC. */
export const atTime = (clock: string): EpochMs => epochMs(Date.parse(`2026-02-02T${clock}+01:00`));
