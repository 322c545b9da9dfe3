import { placeAt, timesOf } from './driven-trip.fixture.js';
import { buildPatternPath } from './pattern-path.js';
import type { LivePattern } from './trip-plan.js';

/** A straight pattern from stop to stop, 1,200 m apart on the street: `[stop, x]`. Those of the way back stand on the other side of it, 20 m off. */
const straight = (
  pattern: string,
  line: string,
  stops: readonly (readonly [string, number, number])[],
): LivePattern => {
  const path = buildPatternPath({ pattern, line, stops: stops.map(([stop, x, y]) => ({ stop, ...placeAt(x, y) })) });
  if (!path) throw new Error('The line has no path.');
  return { path, times: timesOf(path) };
};

const OUT = ['a', 'b', 'c', 'd', 'e', 'f'].map((stop, index) => [stop, 1_200 * index, 0] as const);
const BACK = ['f', 'e', 'd', 'c', 'b', 'a'].map((stop, index) => [`${stop}'`, 6_000 - 1_200 * index, 20] as const);

/** Line T out from a to f, back from f' to a', and back from the short turn at c'; another line's way back, and an express out. */
export const twoWayLine: ReadonlyMap<string, LivePattern> = new Map(
  [
    straight('T-out', 'T', OUT),
    straight('T-back', 'T', BACK),
    straight('T-short', 'T', BACK.slice(3)),
    straight('T-express', 'T', [...OUT.slice(0, 1), ...OUT.slice(2, 3), ...OUT.slice(4)]),
    straight('U-back', 'U', BACK),
  ].map((pattern) => [pattern.path.pattern, pattern]),
);
