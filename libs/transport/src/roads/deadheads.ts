import { type Metres, metres, type Seconds, seconds } from '#libs/kernel';
import { type Conditions, conditionsOf, type RoadSituation } from './conditions.js';
import type { RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import type { JoinedPlace } from './places.js';
import { arrivalAt, searchFrom } from './search.js';

/** Ways between all pairs of places; the entry of i to j is at i x places + j. Infinity where there is none. */
export interface TravelMatrix {
  readonly places: readonly JoinedPlace[];
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
}

/** The quickest ways between all pairs of places, each left at the situation's `at`. Another time of day is another matrix. */
export const routeDeadheads = (
  graph: RoadGraph,
  places: readonly JoinedPlace[],
  situation: RoadSituation,
): TravelMatrix => measureDeadheads(conditionsOf(graph, situation), places);

/** As `routeDeadheads`, where the conditions are known. */
export const measureDeadheads = (conditions: Conditions, places: readonly JoinedPlace[]): TravelMatrix => {
  const count = places.length;
  const matrix = {
    places,
    seconds: new Float64Array(count * count).fill(Infinity),
    metres: new Float64Array(count * count).fill(Infinity),
  };
  places.forEach((from, i) => {
    const search = searchFrom(conditions, from, 0, places);
    places.forEach((to, j) => {
      const arrival = arrivalAt(search, to);
      if (!arrival) return;
      matrix.seconds[i * count + j] = arrival.seconds;
      matrix.metres[i * count + j] = arrival.metres;
    });
  });
  return matrix;
};

/** The way between two places of a matrix, by index; undefined where there is none. */
export const findTravel = (
  { places, seconds: times, metres: lengths }: TravelMatrix,
  from: number,
  to: number,
): { readonly seconds: Seconds; readonly metres: Metres } | undefined => {
  const index = from * places.length + to;
  const time = at(times, index);
  return Number.isFinite(time) ? { seconds: seconds(time), metres: metres(at(lengths, index)) } : undefined;
};
