import { fail, ok, type Result } from '#libs/kernel';
import type { RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import { type LatLon, nearestOnSegment, type Point } from './plane.js';

/** A stop, a depot, a charger: where vehicles go. */
export interface RoadPlace extends LatLon {
  readonly id: string;
  /** What people call it. */
  readonly name?: string;
}

/** A place on the roads. */
export interface JoinedPlace {
  readonly place: RoadPlace;
  /** The nearest points of the roads, as shares of the way along an arc: several where arcs are equally near, such as both ways of a street or all that meet at a node. */
  readonly joins: readonly { readonly arc: number; readonly fraction: number }[];
  /** How far off the road it lies, m. */
  readonly distanceM: number;
}

/** A place further off has no road: perhaps the graph lacks one, or its position is wrong. */
const JOIN_LIMIT_M = 150;

/** Arcs so much further than the nearest are equally near: coordinates are not better. */
const EQUALLY_NEAR_M = 1;

/** A place with no road within 150 m; the nearest is `distanceM` away. */
export interface FarPlace {
  readonly place: RoadPlace;
  readonly distanceM: number;
}

/** The place at the nearest points of the roads. */
export const joinPlace = (graph: RoadGraph, place: RoadPlace): Result<JoinedPlace, FarPlace> => {
  const point = graph.plane.toPoint(place);
  const squares = squaresTo(graph, point);
  const distanceM = Math.sqrt(squares.reduce((least, square) => Math.min(least, square), Infinity));
  if (distanceM > JOIN_LIMIT_M) return fail({ place, distanceM });
  const joins: { arc: number; fraction: number }[] = [];
  squares.forEach((square, arc) => {
    if (square > (distanceM + EQUALLY_NEAR_M) ** 2) return;
    joins.push({ arc, fraction: nearestOnSegment(point, ...endsOf(graph, arc)).fraction });
  });
  return ok({ place, joins, distanceM });
};

/** Squared distances of all arcs from a point, m2: every place is held against every arc, so without objects. */
const squaresTo = ({ arcFrom, arcTo, xs, ys }: RoadGraph, { x, y }: Point): Float64Array => {
  const squares = new Float64Array(arcFrom.length);
  for (let arc = 0; arc < squares.length; arc++) {
    const [from, to] = [at(arcFrom, arc), at(arcTo, arc)];
    const [ax, ay] = [at(xs, from), at(ys, from)];
    const [dx, dy] = [at(xs, to) - ax, at(ys, to) - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
    const fraction = along < 0 ? 0 : along > 1 ? 1 : along;
    const [ex, ey] = [x - ax - fraction * dx, y - ay - fraction * dy];
    squares[arc] = ex * ex + ey * ey;
  }
  return squares;
};

/** All places on the roads, in their order, and those that are too far from any. */
export const joinPlaces = (
  graph: RoadGraph,
  places: readonly RoadPlace[],
): { readonly joined: readonly JoinedPlace[]; readonly far: readonly FarPlace[] } => {
  const joined: JoinedPlace[] = [];
  const far: FarPlace[] = [];
  for (const place of places) {
    const result = joinPlace(graph, place);
    if (result.ok) joined.push(result.value);
    else far.push(result.error);
  }
  return { joined, far };
};

/** The point at a share of the way along an arc. */
export const pointOnArc = (graph: RoadGraph, arc: number, fraction: number): Point => {
  const [a, b] = endsOf(graph, arc);
  return { x: a.x + fraction * (b.x - a.x), y: a.y + fraction * (b.y - a.y) };
};

/** Where an arc begins and ends. */
export const endsOf = ({ arcFrom, arcTo, xs, ys }: RoadGraph, arc: number): readonly [Point, Point] => {
  const [from, to] = [at(arcFrom, arc), at(arcTo, arc)];
  return [
    { x: at(xs, from), y: at(ys, from) },
    { x: at(xs, to), y: at(ys, to) },
  ];
};
