import { type LatLon, nearestOnSegment, type Plane, planeAround, type Point } from '../roads/plane.js';

/** The way of a pattern's vehicles over the ground, and where its stops lie on it. */
export interface PatternPath {
  readonly pattern: string;
  readonly line: string;
  readonly plane: Plane;
  /** At least two, m on the plane. */
  readonly points: readonly Point[];
  /** Metres from the start to each point. */
  readonly alongM: readonly number[];
  readonly lengthM: number;
  /** In order; `atM` never falls. */
  readonly stops: readonly { readonly stop: string; readonly atM: number }[];
  /** It is a shape. Straight from stop to stop vehicles may be far off it and still be right. */
  readonly followsShape: boolean;
}

export interface PathInputs {
  readonly pattern: string;
  readonly line: string;
  /** At least two, in order. */
  readonly stops: readonly (LatLon & { readonly stop: string })[];
  readonly shape?: readonly LatLon[];
}

/** A stop further than this from its shape belongs to another shape, m. */
const STOP_LIMIT_M = 200;
/** Two places on a path this near to each other are one, m. */
const SAME_PLACE_M = 60;
const MOST_PLACES = 12;

/** A place on a path near to a point. */
export interface PathPlace {
  readonly alongM: number;
  readonly offM: number;
  /** Of the path there, radians counter-clockwise from east. */
  readonly heading: number;
}

/** Along the shape where it has one that passes its stops in order, else straight from stop to stop. Undefined with fewer than two stops, or no length. */
export const buildPatternPath = (inputs: PathInputs): PatternPath | undefined => {
  const { stops, shape = [] } = inputs;
  return layPath(inputs, shape, true) ?? layPath(inputs, stops, false);
};

const layPath = (
  { pattern, line, stops }: PathInputs,
  way: readonly LatLon[],
  followsShape: boolean,
): PatternPath | undefined => {
  const [origin] = stops;
  if (!origin || stops.length < 2 || way.length < 2) return undefined;
  const plane = planeAround(origin);
  const points = way.map((place) => plane.toPoint(place));
  const alongM = [0];
  points.slice(1).forEach((point, index) => {
    const before = points[index] ?? point;
    alongM.push((alongM[index] ?? 0) + Math.hypot(point.x - before.x, point.y - before.y));
  });
  const bare = { pattern, line, plane, points, alongM, lengthM: alongM.at(-1) ?? 0, followsShape };
  if (bare.lengthM === 0) return undefined;
  const places = followsShape ? placeStops(bare, stops) : alongM;
  return places && { ...bare, stops: stops.map(({ stop }, index) => ({ stop, atM: places[index] ?? 0 })) };
};

type Track = Pick<PatternPath, 'points' | 'alongM'>;

/** Places of a path within `limitM` of a point, the nearest first: one for each time that the path passes it. */
export const placesNear = ({ points, alongM }: Track, point: Point, limitM: number): readonly PathPlace[] => {
  const near: PathPlace[] = [];
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1], points[index]];
    if (!a || !b || (a.x === b.x && a.y === b.y)) continue;
    const { fraction, distanceM } = nearestOnSegment(point, a, b);
    if (distanceM > limitM) continue;
    const [from, to] = [alongM[index - 1] ?? 0, alongM[index] ?? 0];
    near.push({
      alongM: from + fraction * (to - from),
      offM: distanceM,
      heading: Math.atan2(b.y - a.y, b.x - a.x),
    });
  }
  const kept: PathPlace[] = [];
  for (const place of near.sort((a, b) => a.offM - b.offM)) {
    if (kept.length >= MOST_PLACES) break;
    if (kept.every((other) => Math.abs(other.alongM - place.alongM) > SAME_PLACE_M)) kept.push(place);
  }
  return kept;
};

/** How far a point is from a path, m. */
export const distanceToPath = ({ points }: Pick<Track, 'points'>, point: Point): number => {
  let nearest = Infinity;
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1], points[index]];
    if (a && b) nearest = Math.min(nearest, nearestOnSegment(point, a, b).distanceM);
  }
  return nearest;
};

interface Placing {
  readonly atM: number;
  readonly cost: number;
  readonly before: Placing | undefined;
}

/** Where on a shape each stop lies: of all ways to take them in order, the one with the least sum of squared distances. */
const placeStops = (
  { plane, ...track }: Track & Pick<PatternPath, 'plane'>,
  stops: PathInputs['stops'],
): readonly number[] | undefined => {
  let placings: readonly Placing[] = [];
  for (const [index, stop] of stops.entries()) {
    const places = placesNear(track, plane.toPoint(stop), STOP_LIMIT_M);
    placings = places.flatMap(({ alongM, offM }): readonly Placing[] => {
      const cost = offM * offM;
      if (index === 0) return [{ atM: alongM, cost, before: undefined }];
      const best = placings
        .filter(({ atM }) => atM <= alongM)
        .reduce<Placing | undefined>((least, one) => (least && least.cost <= one.cost ? least : one), undefined);
      return best ? [{ atM: alongM, cost: best.cost + cost, before: best }] : [];
    });
  }
  const last = placings.reduce<Placing | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);
  if (!last) return undefined;
  const along: number[] = [];
  for (let one: Placing | undefined = last; one; one = one.before) along.push(one.atM);
  return along.reverse();
};
