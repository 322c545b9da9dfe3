import { type EpochMs, type Seconds, seconds } from '#libs/kernel';
import type { Closure } from './closures.js';
import { type Conditions, conditionsOf, type RoadSituation } from './conditions.js';
import { describeCancelled, describeDetour } from './closure-words.js';
import { findTravel, measureDeadheads, type TravelMatrix } from './deadheads.js';
import type { RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import type { JoinedPlace } from './places.js';
import { driveStops, type PatternRoute } from './route-pattern.js';
import { servedStops } from './served-stops.js';
import type { RoadPath } from './shortest-path.js';

/** A pattern and its stops on the roads. */
export interface RoadPattern {
  readonly line: string;
  readonly pattern: string;
  readonly stops: readonly JoinedPlace[];
}

export interface ClosureInputs {
  readonly patterns: readonly RoadPattern[];
  /** Between which vehicles go empty. */
  readonly places: readonly JoinedPlace[];
  /** Without the closures. Each pattern and deadhead leaves at its `at`; another time is another call. */
  readonly situation: Omit<RoadSituation, 'closures'>;
  readonly closures: readonly Closure[];
}

/** A leg whose way is another one with the closures. Where stops are left out it goes on to the next that is served. */
export interface LegChange {
  readonly from: JoinedPlace;
  readonly to: JoinedPlace;
  /** Undefined where it is a leg only because stops are left out. */
  readonly before: RoadPath | undefined;
  readonly after: RoadPath;
}

/** A pattern that the closures change. */
export interface PatternChange {
  readonly line: string;
  readonly pattern: string;
  /** Cancelled: no way is left between any two of its stops in order. */
  readonly kind: 'detour' | 'cancelled';
  /** The closures that it meets on its usual way. */
  readonly closures: readonly Closure[];
  readonly legs: readonly LegChange[];
  /** Stops that no open road leads to and on from. */
  readonly skipped: readonly JoinedPlace[];
  /** The way with the closures; undefined when cancelled. */
  readonly route: PatternRoute | undefined;
  /** Over the whole pattern; below 0 where stops that are left out save more than the detour costs. */
  readonly added: Seconds;
  /** For people: "Line C: +4 min via Oak Drive, Alumni Drive closed until 18:00." */
  readonly words: string;
}

/** A deadhead that the closures change. */
export interface DeadheadChange {
  readonly from: JoinedPlace;
  readonly to: JoinedPlace;
  readonly before: Seconds;
  /** Undefined where no way is left. */
  readonly after: Seconds | undefined;
}

export interface ClosureEffect {
  readonly patterns: readonly PatternChange[];
  /** In the order of the places. */
  readonly deadheads: readonly DeadheadChange[];
  /** All deadheads with the closures. */
  readonly travel: TravelMatrix;
}

/** Below this a time has not changed, s: rounding. */
const SAME_S = 1e-6;

/**
 * What closures do to patterns and deadheads that leave at the situation's `at`: the new ways and the time they add. A pattern
 * that had no way before either is not named. Stops that no open road serves are left out; a pattern is cancelled only where no way is left.
 */
export const applyClosures = (
  graph: RoadGraph,
  { patterns, places, situation, closures }: ClosureInputs,
): ClosureEffect => {
  const open = conditionsOf(graph, situation);
  const closed = conditionsOf(graph, { ...situation, closures });
  const travel = measureDeadheads(closed, places);
  return {
    patterns: patterns.flatMap((pattern) => changeOf(pattern, open, closed, situation.at) ?? []),
    deadheads: listDeadheadChanges(measureDeadheads(open, places), travel),
    travel,
  };
};

const changeOf = (
  { line, pattern, stops }: RoadPattern,
  open: Conditions,
  closed: Conditions,
  start: EpochMs,
): PatternChange | undefined => {
  const usual = driveStops(open, stops);
  if (usual.kind === 'no_way') return undefined;
  const closures = closuresMet(closed, usual.route);
  // Closures only take ways away: a way that meets none stays the quickest.
  if (closures.length === 0) return undefined;
  const told = { line, closures, timeZone: open.graph.timeZone, at: start };
  const all = driveStops(closed, stops);
  const served = all.kind === 'way' ? [...stops.keys()] : servedStops(closed, stops);
  const driven =
    all.kind === 'way'
      ? all
      : driveStops(
          closed,
          served.flatMap((index) => stops[index] ?? []),
        );
  const skipped = stops.filter((_, index) => !served.includes(index));
  if (served.length === 0 || driven.kind === 'no_way') {
    const words = describeCancelled(told);
    const none = { legs: [], skipped: stops, route: undefined, added: seconds(0) };
    return { line, pattern, kind: 'cancelled', closures, ...none, words };
  }
  const { route } = driven;
  const legs = listLegChanges(usual.route, route, served);
  if (legs.length === 0 && skipped.length === 0) return undefined;
  const added = seconds(route.seconds - usual.route.seconds);
  const words = describeDetour({ ...told, added, via: newNames(open.graph, usual.route, legs), skipped });
  return { line, pattern, kind: 'detour', closures, legs, skipped, route, added, words };
};

/** The closures of links on the usual way, that hold while it is driven. */
const closuresMet = ({ graph, closed }: Conditions, route: PatternRoute): readonly Closure[] => {
  const links = new Set(route.legs.flatMap(({ path }) => path.links));
  const met = new Set<Closure>();
  for (const [arc, times] of closed) {
    const link = graph.links[at(graph.arcLink, arc)];
    if (!link || !links.has(link.id)) continue;
    for (const { closure, fromS, untilS } of times) if (fromS < route.seconds && untilS > 0) met.add(closure);
  }
  return [...met];
};

/** `served`: the index among the usual stops of each stop that the route with the closures calls at. */
const listLegChanges = (usual: PatternRoute, route: PatternRoute, served: readonly number[]): readonly LegChange[] =>
  route.legs.flatMap(({ from, to, path }, index) => {
    const [start, end] = [served[index] ?? 0, served[index + 1] ?? 0];
    const before = end === start + 1 ? usual.legs[start]?.path : undefined;
    return before?.links.join('\n') === path.links.join('\n') ? [] : [{ from, to, before, after: path }];
  });

/** Names of roads that only the new ways use, the two longest in driving order. */
const newNames = (graph: RoadGraph, usual: PatternRoute, legs: readonly LegChange[]): readonly string[] => {
  const links = new Map(graph.links.map((link) => [link.id, link]));
  const known = new Set(usual.legs.flatMap(({ path }) => path.links.map((id) => links.get(id)?.name)));
  const lengths = new Map<string, number>();
  for (const id of legs.flatMap(({ after }) => after.links)) {
    const link = links.get(id);
    if (link?.name === undefined || known.has(link.name)) continue;
    lengths.set(link.name, (lengths.get(link.name) ?? 0) + link.lengthM);
  }
  const longest = new Set(
    [...lengths]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 2)
      .map(([name]) => name),
  );
  return [...lengths.keys()].filter((name) => longest.has(name));
};

const listDeadheadChanges = (before: TravelMatrix, after: TravelMatrix): readonly DeadheadChange[] =>
  before.places.flatMap((from, i) =>
    before.places.flatMap((to, j) => {
      const usual = findTravel(before, i, j)?.seconds;
      const now = findTravel(after, i, j)?.seconds;
      const isSame = usual === undefined || Math.abs((now ?? Infinity) - usual) < SAME_S;
      return isSame ? [] : [{ from, to, before: usual, after: now }];
    }),
  );
