import type { Random } from '#libs/kernel';
import { planeAround, type Point } from '../roads/plane.js';
import type { Fix } from './match-position.js';
import { buildPatternPath, type PatternPath } from './pattern-path.js';
import { DOORS_S, type LivePattern, type PatternTimes, scheduledDwell, scheduledRun } from './trip-plan.js';

const ORIGIN = { lat: 28.06, lon: -82.41 };
const plane = planeAround(ORIGIN);

export const placeAt = (x: number, y: number) => plane.toLatLon({ x, y });

/** A circuit whose street y = 0 is driven twice the same way, between x = 400 and x = 1000, and which ends where it begins. Corners, m. */
const CORNERS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1000, 0],
  [1000, 600],
  [400, 600],
  [400, 0],
  [1000, 0],
  [1000, -500],
  [0, -500],
  [0, 0],
];
const STOPS: readonly (readonly [string, number, number])[] = [
  ['square', 0, 0],
  ['mill', 700, 0],
  ['hall', 1000, 300],
  ['arena', 400, 500],
  ['mill', 700, 0],
  ['lake', 1000, -400],
  ['park', 300, -500],
  ['square', 0, 0],
];

/** Driven at 6 m/s, with 15 s at each inner stop. */
export const timesOf = ({ stops }: Pick<PatternPath, 'stops'>): PatternTimes => {
  let offsetS = 0;
  return stops.map(({ stop, atM }, index) => {
    const before = stops[index - 1]?.atM ?? 0;
    if (index > 0) offsetS += (atM - before) / 6 + (index < stops.length - 1 ? DOORS_S : 0);
    return { stop, offsetS };
  });
};

export const circuit = (): LivePattern => {
  const path = buildPatternPath({
    pattern: 'A-1',
    line: 'A',
    stops: STOPS.map(([stop, x, y]) => ({ stop, ...placeAt(x, y) })),
    shape: CORNERS.map(([x, y]) => placeAt(x, y)),
  });
  if (!path) throw new Error('The circuit has no path.');
  return { path, times: timesOf(path) };
};

/** How a trip is really driven. */
export interface Drive {
  readonly departs_ms: number;
  /** Driving time over the timetable's on the leg after each stop. */
  readonly ratioOf: (leg: number) => number;
  /** Seconds at a stop. */
  readonly dwellOf: (stop: number) => number;
}

export interface DrivenCall {
  readonly arrives_ms: number;
  readonly leaves_ms: number;
}

export const driveCalls = ({ times }: LivePattern, { departs_ms, ratioOf, dwellOf }: Drive): readonly DrivenCall[] => {
  let at = departs_ms;
  return times.map((_, stop) => {
    if (stop > 0) at += scheduledRun(times, stop - 1) * ratioOf(stop - 1) * 1000;
    const arrives_ms = at;
    if (stop > 0 && scheduledDwell(times, stop) > 0) at += dwellOf(stop) * 1000;
    return { arrives_ms, leaves_ms: at };
  });
};

/** Metres along the path at a moment. */
export const truthAt = ({ path }: LivePattern, calls: readonly DrivenCall[], ms: number): number => {
  const next = calls.findIndex(({ leaves_ms }) => leaves_ms > ms);
  if (next === 0) return 0;
  if (next < 0) return path.lengthM;
  const [from, to] = [calls[next - 1], calls[next]];
  if (!from || !to) return 0;
  const [start, end] = [path.stops[next - 1]?.atM ?? 0, path.stops[next]?.atM ?? 0];
  if (ms >= to.arrives_ms) return end;
  return start + ((ms - from.leaves_ms) / (to.arrives_ms - from.leaves_ms)) * (end - start);
};

const pointAt = (
  { points, alongM }: PatternPath,
  progressM: number,
): { readonly point: Point; readonly bearing: number } => {
  const index = Math.max(
    1,
    Math.min(
      points.length - 1,
      alongM.findIndex((along) => along >= progressM),
    ),
  );
  const [a, b] = [points[index - 1], points[index]];
  if (!a || !b) throw new Error('No such place on the path.');
  const [from, to] = [alongM[index - 1] ?? 0, alongM[index] ?? 0];
  const share = to > from ? (progressM - from) / (to - from) : 0;
  const bearing = ((Math.atan2(b.x - a.x, b.y - a.y) * 180) / Math.PI + 360) % 360;
  return { point: { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }, bearing };
};

/** Two normal numbers of mean 0 and deviation 1 (Box and Muller 1958). */
export const gaussians = (random: Random): readonly [number, number] => {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
};

/** What a receiver with `noiseM` of noise on each axis says at a moment. */
export const fixAt = (
  pattern: LivePattern,
  calls: readonly DrivenCall[],
  ms: number,
  noiseM: number,
  random: Random,
): Fix & { readonly truthM: number } => {
  const truthM = truthAt(pattern, calls, ms);
  const { point, bearing } = pointAt(pattern.path, truthM);
  const [east, north] = gaussians(random);
  const speed_mps = Math.abs(truthAt(pattern, calls, ms + 500) - truthAt(pattern, calls, ms - 500));
  return {
    ts: ms,
    ...pattern.path.plane.toLatLon({ x: point.x + noiseM * east, y: point.y + noiseM * north }),
    bearing: (bearing + 10 * east + 360) % 360,
    speed_mps,
    truthM,
  };
};
