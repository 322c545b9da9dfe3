/** WGS 84 degrees. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** Metres east and north of a plane's origin. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Metres of a degree of latitude on a sphere of the mean radius of the earth, 6,371 km. */
const METRES_PER_DEGREE = (6_371_000 * Math.PI) / 180;

/** Degrees to metres and back around an origin. Over the 200 km of an event's region the error of a distance stays below 2 %; within one link it is nothing. */
export interface Plane {
  readonly toPoint: (place: LatLon) => Point;
  readonly toLatLon: (point: Point) => LatLon;
}

export const planeAround = (origin: LatLon): Plane => {
  const perLon = METRES_PER_DEGREE * Math.cos((origin.lat * Math.PI) / 180);
  return {
    toPoint: ({ lat, lon }) => ({ x: (lon - origin.lon) * perLon, y: (lat - origin.lat) * METRES_PER_DEGREE }),
    toLatLon: ({ x, y }) => ({ lat: origin.lat + y / METRES_PER_DEGREE, lon: origin.lon + x / perLon }),
  };
};

/** The point of the segment from `a` to `b` that is nearest to `p`: as a share of the way, and how far off it is, m. */
export const nearestOnSegment = (
  p: Point,
  a: Point,
  b: Point,
): { readonly fraction: number; readonly distanceM: number } => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared;
  const fraction = Math.min(1, Math.max(0, along));
  return { fraction, distanceM: Math.hypot(p.x - a.x - fraction * dx, p.y - a.y - fraction * dy) };
};

/** The point lies in the polygon (even-odd rule). */
export const isInside = (p: Point, corners: readonly Point[]): boolean => {
  let inside = false;
  forEachEdge(corners, (a, b) => {
    if (a.y > p.y !== b.y > p.y && p.x < a.x + ((p.y - a.y) * (b.x - a.x)) / (b.y - a.y)) inside = !inside;
  });
  return inside;
};

/** The segment from `a` to `b` has a point in common with the polygon. */
export const meetsArea = (a: Point, b: Point, corners: readonly Point[]): boolean => {
  let meets = isInside(a, corners) || isInside(b, corners);
  forEachEdge(corners, (c, d) => {
    meets ||= turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0 && boxesMeet(a, b, c, d);
  });
  return meets;
};

/** Positive when the way from `a` over `b` to `c` turns left. */
const turn = (a: Point, b: Point, c: Point): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));

/** For segments on one straight line, where all turns are 0. */
const boxesMeet = (a: Point, b: Point, c: Point, d: Point): boolean =>
  Math.max(Math.min(a.x, b.x), Math.min(c.x, d.x)) <= Math.min(Math.max(a.x, b.x), Math.max(c.x, d.x)) &&
  Math.max(Math.min(a.y, b.y), Math.min(c.y, d.y)) <= Math.min(Math.max(a.y, b.y), Math.max(c.y, d.y));

const forEachEdge = (corners: readonly Point[], visit: (a: Point, b: Point) => void): void => {
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length];
    if (next) visit(corner, next);
  });
};
