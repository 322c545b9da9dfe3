import type { EpochMs } from '#libs/kernel';
import { describeInstant } from './civil-words.js';
import type { RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import { type LatLon, meetsArea } from './plane.js';
import { endsOf } from './places.js';

/** Roads that nobody may use for a time: by id or name, or all that an area touches. */
export interface Closure {
  /** What people call it, such as Alumni Drive. */
  readonly name: string;
  /** A link_id, or the name of a road: all its links. */
  readonly links?: readonly string[];
  /** Corners of a polygon; at least three. */
  readonly area?: readonly LatLon[];
  /** Nobody enters a link from then on; who is on it drives on. */
  readonly from: EpochMs;
  /** From then on it is open again. Absent: until further notice. */
  readonly until?: EpochMs;
}

/** The indices of the links that a closure closes. */
export const closedLinks = (graph: RoadGraph, { links, area }: Closure): ReadonlySet<number> => {
  const named = new Set(links);
  const closed = new Set<number>();
  graph.links.forEach(({ id, name }, index) => {
    if (named.has(id) || (name !== undefined && named.has(name))) closed.add(index);
  });
  const corners = area?.map(graph.plane.toPoint) ?? [];
  if (corners.length === 0) return closed;
  graph.arcLink.forEach((link, arc) => {
    const [a, b] = endsOf(graph, arc);
    if (!closed.has(link) && meetsArea(a, b, corners)) closed.add(link);
  });
  return closed;
};

/** What is wrong with a closure that somebody wrote, in words; empty when nothing is. */
export const checkClosure = (graph: RoadGraph, closure: Closure): readonly string[] => {
  const { name, links = [], area, from, until } = closure;
  const known = new Set(graph.links.flatMap((link) => [link.id, link.name]));
  const faults = links
    .filter((id) => !known.has(id))
    .map((id) => `The closure of ${name} names ${id}, which is no link_id and no name of the pack's roads.`);
  if (area && area.length < 3) {
    faults.push(`The closed area of ${name} has ${area.length} corners. Give three or more.`);
  }
  if (until !== undefined && until <= from) {
    const [begin, end] = [from, until].map((instant) => describeInstant(instant, graph.timeZone));
    faults.push(
      `The closure of ${name} ends at ${end ?? ''}, not after its begin at ${begin ?? ''}. Perhaps they are the wrong way round.`,
    );
  }
  if (faults.length === 0 && closedLinks(graph, closure).size === 0) {
    faults.push(`The closure of ${name} closes no road. Give the link_id of one, or an area that touches one.`);
  }
  return faults;
};

/** By arc: when it is closed, in seconds from `start`; arcs that are never closed are absent. */
export const closedTimes = (
  graph: RoadGraph,
  closures: readonly Closure[],
  start: EpochMs,
): ReadonlyMap<number, readonly ClosedTime[]> => {
  const times = new Map<number, ClosedTime[]>();
  for (const closure of closures) {
    const links = closedLinks(graph, closure);
    const fromS = (closure.from - start) / 1000;
    const untilS = closure.until === undefined ? Infinity : (closure.until - start) / 1000;
    for (let arc = 0; arc < graph.arcLink.length; arc++) {
      if (!links.has(at(graph.arcLink, arc))) continue;
      const own = times.get(arc);
      if (own) own.push({ closure, fromS, untilS });
      else times.set(arc, [{ closure, fromS, untilS }]);
    }
  }
  return times;
};

export interface ClosedTime {
  readonly closure: Closure;
  readonly fromS: number;
  readonly untilS: number;
}
