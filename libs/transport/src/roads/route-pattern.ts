import { type Metres, metres, type Seconds, seconds } from '#libs/kernel';
import { type Conditions, conditionsOf, type RoadSituation } from './conditions.js';
import type { RoadGraph } from './graph.js';
import type { JoinedPlace } from './places.js';
import { arrivalAt, searchFrom } from './search.js';
import { pathTo, type RoadPath } from './shortest-path.js';

/** The way from one stop to the next. */
export interface PatternLeg {
  readonly from: JoinedPlace;
  readonly to: JoinedPlace;
  readonly path: RoadPath;
}

/** A pattern on the roads, left at its first stop at the situation's `at`. */
export interface PatternRoute {
  readonly legs: readonly PatternLeg[];
  /** From leaving the first stop until each stop; one entry a stop. */
  readonly offsets: readonly Seconds[];
  readonly seconds: Seconds;
  readonly metres: Metres;
}

/** Where a pattern has no way from one stop to the next. */
export interface NoWay {
  readonly from: JoinedPlace;
  readonly to: JoinedPlace;
}

export type PatternRouting =
  { readonly kind: 'way'; readonly route: PatternRoute } | { readonly kind: 'no_way'; readonly gap: NoWay };

/** Each leg of a pattern on its quickest way at the time at which the vehicle comes to it. Time at stops is in the speeds of the roads, or nowhere. */
export const routePattern = (
  graph: RoadGraph,
  stops: readonly JoinedPlace[],
  situation: RoadSituation,
): PatternRouting => driveStops(conditionsOf(graph, situation), stops);

/** As `routePattern`, where the conditions are known. */
export const driveStops = (conditions: Conditions, stops: readonly JoinedPlace[]): PatternRouting => {
  const legs: PatternLeg[] = [];
  const offsets: Seconds[] = [seconds(0)];
  let now = 0;
  for (const [index, to] of stops.entries()) {
    const from = stops[index - 1];
    if (!from) continue;
    const search = searchFrom(conditions, from, now, [to]);
    const arrival = arrivalAt(search, to);
    if (!arrival) return { kind: 'no_way', gap: { from, to } };
    legs.push({ from, to, path: pathTo(search, arrival) });
    now = arrival.seconds;
    offsets.push(seconds(now));
  }
  const total = metres(legs.reduce((sum, { path }) => sum + path.metres, 0));
  return { kind: 'way', route: { legs, offsets, seconds: seconds(now), metres: total } };
};
