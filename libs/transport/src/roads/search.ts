import { arcSeconds, type Conditions, isOpen } from './conditions.js';
import { at, NodeQueue } from './node-queue.js';
import type { JoinedPlace } from './places.js';

/** The earliest arrivals from one place, left at one time. Seconds are from the situation's `at`. */
export interface Search {
  readonly conditions: Conditions;
  readonly from: JoinedPlace;
  readonly leaveS: number;
  /** By node; Infinity where no way leads. Only nodes that the targets need are sure to be right. */
  readonly arrivals: Float64Array;
  /** Along the way of each earliest arrival. */
  readonly metres: Float64Array;
  /** The arc by which a node is reached earliest. */
  readonly viaArc: Int32Array;
  /** The join of `from` from which that arc is entered; -1 where it is entered at its beginning. */
  readonly viaJoin: Int32Array;
}

/** The earliest arrival at a place: over which arc, up to which share of it; `join` where it was entered in between, at that join of the start. */
export interface Arrival {
  readonly seconds: number;
  readonly metres: number;
  readonly arc: number;
  readonly fraction: number;
  readonly join: number | undefined;
}

/**
 * Dijkstra's algorithm on earliest arrivals: right where who enters a road later never leaves it earlier. A link that is closed when the
 * vehicle could first enter it is no way for this journey: vehicles do not wait at a barrier. Ends when every target's nodes are reached.
 */
export const searchFrom = (
  conditions: Conditions,
  from: JoinedPlace,
  leaveS: number,
  targets: readonly JoinedPlace[],
): Search => {
  const { graph } = conditions;
  const queue = new NodeQueue(graph.nodes.length);
  const metres = new Float64Array(graph.nodes.length);
  const viaArc = new Int32Array(graph.nodes.length).fill(-1);
  const viaJoin = new Int32Array(graph.nodes.length).fill(-1);
  from.joins.forEach(({ arc, fraction }, join) => {
    if (!mayLeave(conditions, arc, fraction, leaveS)) return;
    const node = at(graph.arcTo, arc);
    if (!queue.lower(node, leaveS + arcSeconds(conditions, arc, 1 - fraction, leaveS))) return;
    metres[node] = (1 - fraction) * at(graph.arcMetres, arc);
    viaArc[node] = arc;
    viaJoin[node] = join;
  });
  const wanted = new Set(targets.flatMap(({ joins }) => joins.map(({ arc }) => at(graph.arcFrom, arc))));
  while (wanted.size > 0) {
    const node = queue.take();
    if (node < 0) break;
    wanted.delete(node);
    const now = at(queue.labels, node);
    for (let arc = at(graph.firstArc, node); arc < at(graph.firstArc, node + 1); arc++) {
      if (!isOpen(conditions, arc, now)) continue;
      const head = at(graph.arcTo, arc);
      if (!queue.lower(head, now + arcSeconds(conditions, arc, 1, now))) continue;
      metres[head] = at(metres, node) + at(graph.arcMetres, arc);
      viaArc[head] = arc;
      viaJoin[head] = -1;
    }
  }
  return { conditions, from, leaveS, arrivals: queue.labels, metres, viaArc, viaJoin };
};

/** The earliest arrival at a target of the search; undefined where no way leads. */
export const arrivalAt = (search: Search, to: JoinedPlace): Arrival | undefined => {
  let best: Arrival | undefined;
  for (const { arc, fraction } of to.joins) {
    for (const arrival of [...arrivalsOnOneArc(search, arc, fraction), arrivalOverNode(search, arc, fraction)]) {
      if (arrival && (!best || arrival.seconds < best.seconds)) best = arrival;
    }
  }
  return best;
};

const arrivalsOnOneArc = (
  { conditions, from, leaveS }: Search,
  arc: number,
  fraction: number,
): readonly (Arrival | undefined)[] =>
  from.joins.map((start, join) => {
    const share = fraction - start.fraction;
    if (start.arc !== arc || share < 0 || !(share === 0 || isOpen(conditions, arc, leaveS))) return undefined;
    const seconds = leaveS + arcSeconds(conditions, arc, share, leaveS);
    return { seconds, metres: share * at(conditions.graph.arcMetres, arc), arc, fraction, join };
  });

const arrivalOverNode = (
  { conditions, arrivals, metres }: Search,
  arc: number,
  fraction: number,
): Arrival | undefined => {
  const { graph } = conditions;
  const node = at(graph.arcFrom, arc);
  const now = at(arrivals, node);
  // Who stands at the beginning of an arc need not enter it.
  if (now === Infinity || !(fraction === 0 || isOpen(conditions, arc, now))) return undefined;
  const seconds = now + arcSeconds(conditions, arc, fraction, now);
  return { seconds, metres: at(metres, node) + fraction * at(graph.arcMetres, arc), arc, fraction, join: undefined };
};

/** Who stands at the end of an arc has left it already. */
const mayLeave = (conditions: Conditions, arc: number, fraction: number, time: number): boolean =>
  fraction === 1 || isOpen(conditions, arc, time);
