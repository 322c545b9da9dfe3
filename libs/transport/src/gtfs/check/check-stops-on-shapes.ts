import { type LatLon, nearestOnSegment, planeAround, type Point } from '../../roads/plane.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables } from './tables.js';
import { type CheckedTrip, metresBetween, type Network, placeOfPoint, type ShapeRow } from './trips.js';

/** How far a stop may lie from its shape, metres; stations of trains are large. As in the canonical validator. */
const FARTHEST_M = 100;
const FARTHEST_TRAIN_M = 400;
const TRAIN = 2;

/** Whether stops lie on the shape of their trip, in the order of the trip; each list of stops on a shape once. */
export const checkStopsOnShapes = (tables: CheckedTables, network: Network, book: NoticeBook): void => {
  const types = new Map(tables.rowsOf('routes.txt').map(({ row }) => [row.route_id, row.route_type]));
  const seen = new Set<string>();
  for (const trip of network.trips) {
    const points = network.shapes.get(trip.row.shape_id ?? '');
    if (!points || points.length < 2) continue;
    const key = JSON.stringify([
      trip.row.shape_id,
      ...trip.calls.map(({ row }) => [row.stop_id, row.shape_dist_traveled]),
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    const farthestM = types.get(trip.row.route_id) === TRAIN ? FARTHEST_TRAIN_M : FARTHEST_M;
    checkByDistance(trip, points, { ...network, farthestM }, book);
    checkByPlace(trip, points, { ...network, farthestM }, book);
  }
};

type MatchingRules = Pick<Network, 'placeOf'> & { readonly farthestM: number };

/** Where both have distances: the stop lies near the point of the shape at its distance. */
const checkByDistance = (
  { row, calls }: CheckedTrip,
  points: readonly ShapeRow[],
  { placeOf, farthestM }: MatchingRules,
  book: NoticeBook,
): void => {
  if (!points.every((point) => point.row.shape_dist_traveled !== undefined)) return;
  for (const call of calls) {
    const distance = call.row.shape_dist_traveled;
    const place = placeOf(call.row.stop_id);
    const at = distance === undefined ? undefined : placeAt(points, distance);
    if (!place || !at) continue;
    const metres = metresBetween(at, place);
    if (metres <= farthestM) continue;
    const message = `Stop ${call.row.stop_id ?? ''} lies ${Math.round(metres)} m from where trip ${row.trip_id} is at distance ${distance ?? 0} of shape ${row.shape_id ?? ''}.`;
    const found = { file: 'stop_times.txt', row: call.line, field: 'shape_dist_traveled', value: String(distance) };
    book.add({ rule: 'stop_too_far_from_shape_using_user_distance', ...found, message });
  }
};

/** The place at a distance along the shape; undefined past its end. */
const placeAt = (points: readonly ShapeRow[], distance: number): LatLon | undefined => {
  const next = points.findIndex((point) => (point.row.shape_dist_traveled ?? 0) >= distance);
  const to = points[next];
  if (!to) return undefined;
  const from = points[next - 1] ?? to;
  const [a, b] = [from.row.shape_dist_traveled ?? 0, to.row.shape_dist_traveled ?? 0];
  const share = b > a ? Math.max(0, (distance - a) / (b - a)) : 0;
  const [start, end] = [placeOfPoint(from), placeOfPoint(to)];
  return { lat: start.lat + (end.lat - start.lat) * share, lon: start.lon + (end.lon - start.lon) * share };
};

/** Each stop lies near the shape, past the stops before it: each takes the earliest place left to it. */
const checkByPlace = (
  { row, calls }: CheckedTrip,
  points: readonly ShapeRow[],
  { placeOf, farthestM }: MatchingRules,
  book: NoticeBook,
): void => {
  const [origin] = points;
  if (!origin) return;
  const plane = planeAround(placeOfPoint(origin));
  const line = points.map((point) => plane.toPoint(placeOfPoint(point)));
  let reached: PlaceOnLine = { segment: 0, fraction: 0 };
  for (const call of calls) {
    const place = placeOf(call.row.stop_id);
    if (!place) continue;
    const point = plane.toPoint(place);
    const next = earliestNear(line, point, farthestM, reached);
    if (next) {
      reached = next;
      continue;
    }
    const stop = call.row.stop_id ?? '';
    const found = { file: 'stop_times.txt', row: call.line, field: 'stop_id', value: stop };
    const shape = row.shape_id ?? '';
    if (earliestNear(line, point, farthestM, { segment: 0, fraction: 0 })) {
      const message = `Stop ${stop} lies on shape ${shape} before the stop before it.`;
      book.add({ rule: 'stops_match_shape_out_of_order', ...found, message });
      return;
    }
    const message = `Stop ${stop} lies more than ${farthestM} m from shape ${shape} of trip ${row.trip_id}.`;
    book.add({ rule: 'stop_too_far_from_shape', ...found, message });
  }
};

interface PlaceOnLine {
  readonly segment: number;
  readonly fraction: number;
}

/** The first place of the line, from `from` on, that is the nearest of its segment and near enough. */
const earliestNear = (
  line: readonly Point[],
  point: Point,
  farthestM: number,
  from: PlaceOnLine,
): PlaceOnLine | undefined => {
  for (let segment = from.segment; segment < line.length - 1; segment += 1) {
    const [a, b] = [line[segment], line[segment + 1]];
    if (!a || !b) continue;
    const nearest = nearestOnSegment(point, a, b);
    if (segment > from.segment || nearest.fraction >= from.fraction) {
      if (nearest.distanceM <= farthestM) return { segment, fraction: nearest.fraction };
      continue;
    }
    // The nearest place is behind: what counts is where the trip is now.
    const { fraction } = from;
    const distanceM = Math.hypot(point.x - a.x - fraction * (b.x - a.x), point.y - a.y - fraction * (b.y - a.y));
    if (distanceM <= farthestM) return from;
  }
  return undefined;
};
