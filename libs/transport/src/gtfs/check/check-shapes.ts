import { checkPoint } from './check-stops.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables } from './tables.js';
import { type CheckedTrip, metresBetween, type Network, placeOfPoint, type ShapeRow } from './trips.js';

const FILE = 'shapes.txt';

/** Metres: about the fifth decimal of a degree. Nearer points are one point written twice. */
const SAME_POINT_M = 1.11;
/** Metres: about the fourth decimal of a degree. */
const SAME_END_M = 11.1;

/** Points and distances of shapes, their use, and trips that go on past them. */
export const checkShapes = (tables: CheckedTables, network: Network, book: NoticeBook): void => {
  const used = new Set(tables.allRowsOf('trips.txt').map(({ row }) => Reflect.get(row, 'shape_id') as unknown));
  for (const [id, points] of network.shapes) {
    const [first] = points;
    if (!first) continue;
    const place = { file: FILE, row: first.line, field: 'shape_id', value: id };
    if (!used.has(id)) book.add({ rule: 'unused_shape', ...place, message: `No trip names shape ${id}.` });
    if (points.length === 1) {
      book.add({ rule: 'single_shape_point', ...place, message: `Shape ${id} has one point.` });
    }
    checkPoints(points, book);
  }
  for (const trip of network.trips) checkEnd(trip, network, book);
};

const checkPoints = (points: readonly ShapeRow[], book: NoticeBook): void => {
  for (const [place, point] of points.entries()) {
    const { shape_pt_lat: lat, shape_pt_lon: lon, shape_dist_traveled: distance } = point.row;
    checkPoint(lat, lon, { file: FILE, row: point.line, field: 'shape_pt_lat' }, book);
    const before = points[place - 1];
    const distanceBefore = before?.row.shape_dist_traveled;
    if (!before || distance === undefined || distanceBefore === undefined || distance > distanceBefore) continue;
    const message = `shape_dist_traveled was ${distanceBefore} at the point before, in row ${before.line}.`;
    const found = { file: FILE, row: point.line, field: 'shape_dist_traveled', value: String(distance), message };
    if (distance < distanceBefore) {
      book.add({ rule: 'decreasing_shape_distance', ...found });
      continue;
    }
    const metres = metresBetween(placeOfPoint(before), placeOfPoint(point));
    if (metres === 0) book.add({ rule: 'equal_shape_distance_same_coordinates', ...found });
    else if (metres >= SAME_POINT_M) book.add({ rule: 'equal_shape_distance_diff_coordinates', ...found });
    else book.add({ rule: 'equal_shape_distance_diff_coordinates_distance_below_threshold', ...found });
  }
};

const checkEnd = ({ row, calls }: CheckedTrip, { shapes, placeOf }: Network, book: NoticeBook): void => {
  const points = shapes.get(row.shape_id ?? '') ?? [];
  const call = calls.at(-1);
  const distance = call?.row.shape_dist_traveled;
  const end = points.reduce<ShapeRow | undefined>(
    (far, point) => ((point.row.shape_dist_traveled ?? 0) > (far?.row.shape_dist_traveled ?? 0) ? point : far),
    undefined,
  );
  const length = end?.row.shape_dist_traveled;
  if (!call || !end || length === undefined || distance === undefined || distance <= length) return;
  const stop = placeOf(call.row.stop_id);
  if (!stop) return;
  const rule =
    metresBetween(placeOfPoint(end), stop) > SAME_END_M
      ? 'trip_distance_exceeds_shape_distance'
      : 'trip_distance_exceeds_shape_distance_below_threshold';
  const message = `Trip ${row.trip_id} ends at ${distance}, its shape ${row.shape_id ?? ''} at ${length}.`;
  const place = { file: 'stop_times.txt', row: call.line, field: 'shape_dist_traveled', value: String(distance) };
  book.add({ rule, ...place, message });
};
