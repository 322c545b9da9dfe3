import type { Network } from './wire.js';

/** A part of the network that no line joins to the others: a town, a valley. */
export interface Area {
  /** The stop that most patterns call at. */
  readonly name: string;
  readonly stops: Network['stops'];
  readonly patterns: Network['patterns'];
}

/** The parts of a network, that with the most patterns first. Stops at which no pattern calls belong to none. */
export const areasOf = ({ stops, patterns }: Pick<Network, 'stops' | 'patterns'>): readonly Area[] => {
  const rootOf = joinStops(patterns);
  const groups = new Map<string, { readonly patterns: Network['patterns'][number][]; readonly stops: Set<string> }>();
  for (const pattern of patterns) {
    const root = rootOf(pattern.stops[0] ?? '');
    const group = groups.get(root) ?? { patterns: [], stops: new Set<string>() };
    groups.set(root, group);
    group.patterns.push(pattern);
    for (const stop of pattern.stops) group.stops.add(stop);
  }
  const areas = [...groups.values()].map((group) => ({
    name: busiest(stops, group.patterns),
    patterns: group.patterns,
    stops: stops.filter(({ id }) => group.stops.has(id)),
  }));
  return areas.toSorted((a, b) => b.patterns.length - a.patterns.length);
};

/** The area whose nearest stop is nearest; undefined without areas. */
export const nearestArea = (
  areas: readonly Area[],
  at: { readonly lat: number; readonly lon: number },
): Area | undefined => {
  let [nearest, least] = [undefined as Area | undefined, Infinity];
  const squeeze = Math.cos((at.lat * Math.PI) / 180);
  for (const area of areas) {
    for (const { lat, lon } of area.stops) {
      const distance = (lat - at.lat) ** 2 + ((lon - at.lon) * squeeze) ** 2;
      if (distance < least) [nearest, least] = [area, distance];
    }
  }
  return nearest;
};

/** Gives one stop of all that patterns join, the same for each of them. */
const joinStops = (patterns: Network['patterns']): ((stop: string) => string) => {
  const above = new Map<string, string>();
  const rootOf = (stop: string): string => {
    let root = stop;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    return root;
  };
  for (const { stops } of patterns) {
    for (const stop of stops) {
      const [a, b] = [rootOf(stops[0] ?? stop), rootOf(stop)];
      if (a !== b) above.set(b, a);
    }
  }
  return rootOf;
};

const busiest = (stops: Network['stops'], patterns: Network['patterns']): string => {
  const calls = new Map<string, number>();
  for (const { stops: called } of patterns) for (const stop of called) calls.set(stop, (calls.get(stop) ?? 0) + 1);
  const [most] = [...calls].toSorted((a, b) => b[1] - a[1]);
  return stops.find(({ id }) => id === most?.[0])?.name ?? '';
};
