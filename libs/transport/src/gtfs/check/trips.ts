import { planeAround, type LatLon } from '../../roads/plane.js';
import type { Row } from '../schema/schedule-tables.js';
import { type CheckedTables, groupRows, type Numbered } from './tables.js';

export type StopTimeRow = Numbered<Row<'stop_times.txt'>>;
export type ShapeRow = Numbered<Row<'shapes.txt'>>;

/** A trip with its stop times in order; at least one. */
export interface CheckedTrip {
  readonly line: number;
  readonly row: Row<'trips.txt'>;
  readonly calls: readonly StopTimeRow[];
}

/** The trips of which every stop time can be read, and the shapes, in order. */
export interface Network {
  readonly trips: readonly CheckedTrip[];
  readonly shapes: ReadonlyMap<string, readonly ShapeRow[]>;
  /** Where a stop lies, or else the station that it lies in. */
  readonly placeOf: (stop: string | undefined) => LatLon | undefined;
}

export const openNetwork = (tables: CheckedTables): Network => {
  const calls = groupRows(tables.rowsOf('stop_times.txt'), ({ row }) => row.trip_id);
  const trips = tables.rowsOf('trips.txt').flatMap(({ line, row }) => {
    const own = tables.tornTrips.has(row.trip_id) ? undefined : calls.get(row.trip_id);
    return own ? [{ line, row, calls: [...own].sort((a, b) => a.row.stop_sequence - b.row.stop_sequence) }] : [];
  });
  const shapes = new Map(
    [...groupRows(tables.rowsOf('shapes.txt'), ({ row }) => row.shape_id)].map(([id, points]) => [
      id,
      [...points].sort((a, b) => a.row.shape_pt_sequence - b.row.shape_pt_sequence),
    ]),
  );
  const stops = new Map(tables.rowsOf('stops.txt').map(({ row }) => [row.stop_id, row]));
  const placeOf = (id: string | undefined): LatLon | undefined => {
    const stop = stops.get(id ?? '');
    const parent = stops.get(stop?.parent_station ?? '');
    const found = stop?.stop_lat === undefined || stop.stop_lon === undefined ? parent : stop;
    return found?.stop_lat === undefined || found.stop_lon === undefined
      ? undefined
      : { lat: found.stop_lat, lon: found.stop_lon };
  };
  return { trips, shapes, placeOf };
};

/** Metres between two places of one region. */
export const metresBetween = (a: LatLon, b: LatLon): number => {
  const { x, y } = planeAround(a).toPoint(b);
  return Math.hypot(x, y);
};

export const placeOfPoint = ({ row }: ShapeRow): LatLon => ({ lat: row.shape_pt_lat, lon: row.shape_pt_lon });
