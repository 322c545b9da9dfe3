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
  /** The arc by which a node is reached earliest. */
  readonly viaArc: Int32Array;
  /** The join of `from` from which that arc is entered; -1 where it is entered at its beginning. */
  readonly viaJoin: Int32Array;
}

/** The earliest arrival at a place: over which arc, up to which share of it; `join` where it was entered in between, at that join of the start. */
export interface Arrival {
  readonly seconds: number;
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
  const viaArc = new Int32Array(graph.nodes.length).fill(-1);
  const viaJoin = new Int32Array(graph.nodes.length).fill(-1);
  from.joins.forEach(({ arc, fraction }, join) => {
    if (!mayLeave(conditions, arc, fraction, leaveS)) return;
    const node = at(graph.arcTo, arc);
    if (!queue.lower(node, leaveS + arcSeconds(conditions, arc, 1 - fraction, leaveS))) return;
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
      viaArc[head] = arc;
      viaJoin[head] = -1;
    }
  }
  return { conditions, from, leaveS, arrivals: queue.labels, viaArc, viaJoin };
};

/** The earliest arrival at a target of the search; undefined where no way leads. */
export const arrivalAt = (search: Search, to: JoinedPlace): Arrival | undefined => {
  const { conditions, from, leaveS, arrivals } = search;
  let best: Arrival | undefined;
  const offer = (arrival: Arrival) => {
    if (!best || arrival.seconds < best.seconds) best = arrival;
  };
  for (const { arc, fraction } of to.joins) {
    from.joins.forEach((start, join) => {
      if (
        start.arc !== arc ||
        start.fraction > fraction ||
        !isReachable(conditions, arc, start.fraction, fraction, leaveS)
      )
        return;
      const seconds = leaveS + arcSeconds(conditions, arc, fraction - start.fraction, leaveS);
      offer({ seconds, arc, fraction, join });
    });
    const now = at(arrivals, at(conditions.graph.arcFrom, arc));
    if (now === Infinity || !isReachable(conditions, arc, 0, fraction, now)) continue;
    offer({ seconds: now + arcSeconds(conditions, arc, fraction, now), arc, fraction, join: undefined });
  }
  return best;
};

/** Who stands at the end of an arc has left it already. */
const mayLeave = (conditions: Conditions, arc: number, fraction: number, time: number): boolean =>
  fraction === 1 || isOpen(conditions, arc, time);

/** Who stays where they are need not use the arc. */
const isReachable = (conditions: Conditions, arc: number, from: number, to: number, time: number): boolean =>
  from === to || isOpen(conditions, arc, time);
