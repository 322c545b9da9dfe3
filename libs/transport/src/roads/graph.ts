import type { RoadLink, RoadNode, RoadSettings, RoadTables } from '#libs/games';
import { at } from './node-queue.js';
import { type Plane, planeAround } from './plane.js';
import { type SpeedProfile, speedProfile } from './speed-profile.js';

/**
 * Roads as arcs: a directed link is one, an undirected link two, one each way. Arcs are sorted by the node they begin at; those of node n
 * are `firstArc[n]` to `firstArc[n + 1]` - 1.
 */
export interface RoadGraph {
  /** Of the hours of its speeds, and of the words about closures. */
  readonly timeZone: string;
  readonly nodes: readonly RoadNode[];
  readonly links: readonly RoadLink[];
  readonly plane: Plane;
  /** Of the nodes, m in the plane. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly firstArc: Int32Array;
  /** Index of the link that an arc is of. */
  readonly arcLink: Int32Array;
  readonly arcFrom: Int32Array;
  readonly arcTo: Int32Array;
  readonly arcMetres: Float64Array;
  /** Seconds at free speed in clear weather. */
  readonly arcFreeS: Float64Array;
  /** Index of its profile. */
  readonly arcProfile: Uint16Array;
  readonly profiles: readonly SpeedProfile[];
  /** Speed factors of weather that slows; others do not. */
  readonly weather: NonNullable<RoadSettings['weather']>;
}

export interface RoadInputs {
  readonly roads: RoadTables;
  readonly settings: Pick<RoadSettings, 'speed' | 'weather'>;
  readonly timeZone: string;
}

/** The graph of a pack's roads. Throws where a link names a node that is not there: the pack's own checks tell that before. */
export const buildRoadGraph = ({ roads, settings, timeZone }: RoadInputs): RoadGraph => {
  const { nodes, links } = roads;
  const [first] = nodes;
  if (!first) throw new Error('A road graph needs a node.');
  const plane = planeAround(first);
  const points = nodes.map(plane.toPoint);
  const indices = new Map(nodes.map(({ id }, index) => [id, index]));
  const indexOf = (id: string, link: string): number => {
    const index = indices.get(id);
    if (index === undefined) throw new Error(`Link ${link} names node ${id}, which is not among the nodes.`);
    return index;
  };
  const arcs = links.flatMap((link, index) => {
    const [from, to] = [indexOf(link.from, link.id), indexOf(link.to, link.id)];
    const there = { link: index, from, to };
    return link.directed ? [there] : [there, { link: index, from: to, to: from }];
  });
  arcs.sort((a, b) => a.from - b.from);

  const { profiles, profileOf } = profilesOf(links, settings.speed ?? []);
  const firstArc = new Int32Array(nodes.length + 1);
  for (const { from } of arcs) firstArc[from + 1] = at(firstArc, from + 1) + 1;
  for (let node = 0; node < nodes.length; node++) firstArc[node + 1] = at(firstArc, node + 1) + at(firstArc, node);
  const freeS = links.map(({ lengthM, freeSpeedKmh }) => lengthM / (freeSpeedKmh / 3.6));
  return {
    timeZone,
    nodes,
    links,
    plane,
    xs: Float64Array.from(points, ({ x }) => x),
    ys: Float64Array.from(points, ({ y }) => y),
    firstArc,
    arcLink: Int32Array.from(arcs, ({ link }) => link),
    arcFrom: Int32Array.from(arcs, ({ from }) => from),
    arcTo: Int32Array.from(arcs, ({ to }) => to),
    arcMetres: Float64Array.from(arcs, ({ link }) => links[link]?.lengthM ?? 0),
    arcFreeS: Float64Array.from(arcs, ({ link }) => freeS[link] ?? 0),
    arcProfile: Uint16Array.from(arcs, ({ link }) => profileOf[link] ?? 0),
    profiles,
    weather: settings.weather ?? {},
  };
};

/** Links share a profile when the same rules name them. */
const profilesOf = (
  links: readonly RoadLink[],
  rules: NonNullable<RoadSettings['speed']>,
): { readonly profiles: readonly SpeedProfile[]; readonly profileOf: readonly number[] } => {
  const profiles: SpeedProfile[] = [];
  const byRules = new Map<string, number>();
  const profileOf = links.map(({ name }) => {
    const key = rules.map(({ names }) => (!names || (name !== undefined && names.includes(name)) ? 1 : 0)).join('');
    const known = byRules.get(key);
    if (known !== undefined) return known;
    byRules.set(key, profiles.length);
    return profiles.push(speedProfile(rules, name)) - 1;
  });
  return { profiles, profileOf };
};
