import { type Metres, metres, type Seconds, seconds } from '#libs/kernel';
import { conditionsOf, type RoadSituation } from './conditions.js';
import type { RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import { type JoinedPlace, pointOnArc } from './places.js';
import type { LatLon } from './plane.js';
import { type Arrival, arrivalAt, type Search, searchFrom } from './search.js';

/** A way over the roads. */
export interface RoadPath {
  readonly seconds: Seconds;
  readonly metres: Metres;
  /** link_ids in driving order; the first and last may be driven in part. */
  readonly links: readonly string[];
  /** From the road at the one place to the road at the other. */
  readonly geometry: readonly LatLon[];
}

/** The quickest way from one place to another, left at the situation's `at`; undefined where no way is open. */
export const shortestPath = (
  graph: RoadGraph,
  from: JoinedPlace,
  to: JoinedPlace,
  situation: RoadSituation,
): RoadPath | undefined => {
  const search = searchFrom(conditionsOf(graph, situation), from, 0, [to]);
  const arrival = arrivalAt(search, to);
  return arrival && pathTo(search, arrival);
};

/** The way behind an arrival. */
export const pathTo = (search: Search, arrival: Arrival): RoadPath => {
  const { graph } = search.conditions;
  const pieces = piecesTo(search, arrival);
  const driven = pieces.filter(({ from, to }) => to > from);
  const first = pieces[0];
  return {
    seconds: seconds(arrival.seconds - search.leaveS),
    metres: metres(arrival.metres),
    links: driven.flatMap(({ arc }) => graph.links[at(graph.arcLink, arc)]?.id ?? []),
    geometry: [
      ...(first ? [graph.plane.toLatLon(pointOnArc(graph, first.arc, first.from))] : []),
      ...driven.map(({ arc, to }) => graph.plane.toLatLon(pointOnArc(graph, arc, to))),
    ],
  };
};

interface Piece {
  readonly arc: number;
  readonly from: number;
  readonly to: number;
}

const piecesTo = (search: Search, { arc, fraction, join }: Arrival): readonly Piece[] => {
  const { from, viaArc, viaJoin, conditions } = search;
  const startOf = (index: number): number => from.joins[index]?.fraction ?? 0;
  if (join !== undefined) return [{ arc, from: startOf(join), to: fraction }];
  const pieces: Piece[] = [{ arc, from: 0, to: fraction }];
  let node = at(conditions.graph.arcFrom, arc);
  for (;;) {
    const via = at(viaArc, node);
    const start = at(viaJoin, node);
    pieces.push({ arc: via, from: start < 0 ? 0 : startOf(start), to: 1 });
    if (start >= 0) return pieces.reverse();
    node = at(conditions.graph.arcFrom, via);
  }
};
