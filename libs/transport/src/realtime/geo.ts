/** A place, degrees WGS 84. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
}

const METRES_PER_DEGREE = 111_195;

/** Metres east and north of an origin, on the plane that touches there; good to a metre within some kilometres. */
const planeOf = (origin: Place) => {
  const eastPerDegree = METRES_PER_DEGREE * Math.cos((origin.lat * Math.PI) / 180);
  return ({ lat, lon }: Place): readonly [east: number, north: number] => [
    (lon - origin.lon) * eastPerDegree,
    (lat - origin.lat) * METRES_PER_DEGREE,
  ];
};

/** Metres from a place to the nearest point of a line through places; Infinity to a line of none. */
export const distanceToLine = (place: Place, line: readonly Place[]): number => {
  const toPlane = planeOf(place);
  let nearest = Infinity;
  let before: readonly [number, number] | undefined;
  for (const point of line) {
    const [x, y] = toPlane(point);
    nearest = Math.min(nearest, before ? distanceToSegment(before, [x, y]) : Math.hypot(x, y));
    before = [x, y];
  }
  return nearest;
};

/** Metres from the origin to the segment. */
const distanceToSegment = ([x, y]: readonly [number, number], end: readonly [number, number]): number => {
  const [dx, dy] = [end[0] - x, end[1] - y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(x * dx + y * dy) / length));
  return Math.hypot(x + along * dx, y + along * dy);
};

/** The smallest box of degrees around places, and how far a place is outside of it. */
export interface Box {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** Undefined around nothing. A network over the date line is not foreseen. */
export const boxAround = (places: Iterable<Place>): Box | undefined => {
  let box: Box | undefined;
  for (const { lat, lon } of places) {
    box = {
      south: Math.min(box?.south ?? lat, lat),
      north: Math.max(box?.north ?? lat, lat),
      west: Math.min(box?.west ?? lon, lon),
      east: Math.max(box?.east ?? lon, lon),
    };
  }
  return box;
};

/** Metres from a place to the box; 0 inside. */
export const distanceToBox = (place: Place, { south, north, west, east }: Box): number => {
  const nearest = { lat: Math.min(north, Math.max(south, place.lat)), lon: Math.min(east, Math.max(west, place.lon)) };
  return distanceToLine(place, [nearest]);
};

/** Whether numbers are a place on earth, and not the zeros of a receiver that has not found itself. */
export const isPlace = ({ lat, lon }: Place): boolean =>
  Number.isFinite(lat) &&
  Number.isFinite(lon) &&
  Math.abs(lat) <= 90 &&
  Math.abs(lon) <= 180 &&
  !(lat === 0 && lon === 0);
