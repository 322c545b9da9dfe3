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
  const arcs = graph.arcLink.length;
  let distanceM = Infinity;
  const distances = new Float64Array(arcs);
  for (let arc = 0; arc < arcs; arc++) {
    const distance = nearestOnArc(graph, arc, point).distanceM;
    distances[arc] = distance;
    if (distance < distanceM) distanceM = distance;
  }
  if (distanceM > JOIN_LIMIT_M) return fail({ place, distanceM });
  const joins: { arc: number; fraction: number }[] = [];
  distances.forEach((distance, arc) => {
    if (distance > distanceM + EQUALLY_NEAR_M) return;
    joins.push({ arc, fraction: nearestOnArc(graph, arc, point).fraction });
  });
  return ok({ place, joins, distanceM });
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
export const endsOf = (graph: RoadGraph, arc: number): readonly [Point, Point] => {
  const [a, b] = [graph.points[at(graph.arcFrom, arc)], graph.points[at(graph.arcTo, arc)]];
  if (!a || !b) throw new Error(`There is no arc ${arc}.`);
  return [a, b];
};

const nearestOnArc = (graph: RoadGraph, arc: number, point: Point) => nearestOnSegment(point, ...endsOf(graph, arc));
