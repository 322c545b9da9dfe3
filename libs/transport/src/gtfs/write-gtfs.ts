import { strToU8, zipSync } from 'fflate';
import { csvLine } from './csv/write-csv.js';
import type { Feed, Service, StopTime, Trip } from './feed.js';
import type { Extra, FieldValue } from './schema/field.js';
import { scheduleTables, type ScheduleTable } from './schema/schedule-tables.js';
import type { TableSpec } from './schema/table.js';

/** A row by its GTFS names, ready to be written. */
interface OutRow {
  readonly more?: Extra | undefined;
}

/** Its fields are those of its table. */
const valueOf = (row: OutRow, field: string): FieldValue | undefined =>
  Reflect.get(row, field) as FieldValue | undefined;

/** Zip entries need a day; GTFS has no use for it. 1980 is the first that zip knows. */
const ENTRY_DAY = new Date(1980, 0, 1);

/**
 * A feed as a GTFS zip. The same feed gives the same bytes: files in one order, columns in the order of GTFS and only
 * those with a value, rows in the order of the feed. Seconds are rounded.
 */
export const writeGtfs = (feed: Feed): Uint8Array =>
  zipSync(Object.fromEntries(writeFiles(feed)), { level: 6, mtime: ENTRY_DAY });

/** The files of a feed, by name. */
const writeFiles = (feed: Feed): ReadonlyMap<string, Uint8Array> => {
  const files = new Map<string, Uint8Array>();
  const write = (file: ScheduleTable, rows: () => Iterable<OutRow>): void => {
    const spec = scheduleTables[file];
    const columns = columnsOf(spec, rows());
    if (columns.length === 0 && spec.presence !== 'required') return;
    files.set(file, writeTable(spec, columns, rows()));
  };
  write('agency.txt', () => feed.agencies);
  write('stops.txt', () => feed.stops.values());
  write('routes.txt', () => feed.lines.values());
  write('calendar.txt', () => [...feed.services.values()].flatMap(({ calendar }) => calendar ?? []));
  write('calendar_dates.txt', () => [...feed.services].flatMap(([id, service]) => exceptionRows(id, service)));
  write('shapes.txt', () => shapeRows(feed));
  write('trips.txt', () => [...feed.trips.values()].map(tripRow));
  write('stop_times.txt', () => stopTimeRows(feed));
  write('frequencies.txt', () => [...feed.trips.values()].flatMap(headwayRows));
  write('transfers.txt', () => feed.transfers);
  write('feed_info.txt', () => (feed.info ? [feed.info] : []));
  for (const [file, bytes] of [...feed.otherFiles].sort(([a], [b]) => (a < b ? -1 : 1))) files.set(file, bytes);
  return files;
};

/** The columns that must be there or have a value: those of GTFS in its order, then others as they come. */
const columnsOf = (spec: TableSpec, rows: Iterable<OutRow>): readonly string[] => {
  const used = new Set<string>();
  const others = new Set<string>();
  for (const row of rows) {
    for (const field of Object.keys(row)) if (field !== 'more' && valueOf(row, field) !== undefined) used.add(field);
    if (row.more) for (const column of Object.keys(row.more)) others.add(column);
  }
  if (used.size === 0) return spec.presence === 'required' ? neededColumns(spec) : [];
  const needed = new Set([...neededColumns(spec), ...(spec.columns ?? [])]);
  const known = Object.keys(spec.fields).filter((field) => used.has(field) || needed.has(field));
  return [...known, ...[...others].filter((column) => !known.includes(column))];
};

const neededColumns = (spec: TableSpec): readonly string[] =>
  Object.entries(spec.fields).flatMap(([name, { presence }]) => (presence === 'required' ? [name] : []));

/** Rows that become bytes together: the text of a large table is never whole in memory. */
const ROWS_AT_ONCE = 10_000;

const writeTable = (spec: TableSpec, columns: readonly string[], rows: Iterable<OutRow>): Uint8Array => {
  const parts: Uint8Array[] = [];
  let lines = [csvLine(columns)];
  for (const row of rows) {
    lines.push(csvLine(columns.map((column) => cellOf(spec, row, column))));
    if (lines.length < ROWS_AT_ONCE) continue;
    parts.push(strToU8(lines.join('')));
    lines = [];
  }
  parts.push(strToU8(lines.join('')));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const cellOf = (spec: TableSpec, row: OutRow, column: string): string => {
  const value = Object.hasOwn(spec.fields, column) ? valueOf(row, column) : undefined;
  if (value !== undefined) return spec.fields[column]?.type.write(value) ?? '';
  return row.more && Object.hasOwn(row.more, column) ? (row.more[column] ?? '') : '';
};

const exceptionRows = (id: string, { added, removed, notes }: Service): readonly OutRow[] => {
  const rowOf = (date: number, exception_type: number) => ({
    service_id: id,
    date,
    exception_type,
    more: notes?.get(date),
  });
  return [...[...added].map((day) => rowOf(day, 1)), ...[...removed].map((day) => rowOf(day, 2))].sort(
    (a, b) => a.date - b.date,
  );
};

function* shapeRows({ shapes }: Feed) {
  for (const [shape_id, points] of shapes) {
    for (const { lat, lon, sequence, distance, more } of points) {
      yield {
        shape_id,
        shape_pt_lat: lat,
        shape_pt_lon: lon,
        shape_pt_sequence: sequence,
        shape_dist_traveled: distance,
        more,
      };
    }
  }
}

const tripRow = (trip: Trip) => ({
  route_id: trip.line,
  service_id: trip.service,
  trip_id: trip.id,
  trip_headsign: trip.headsign,
  trip_short_name: trip.shortName,
  direction_id: trip.direction,
  block_id: trip.block,
  shape_id: trip.shape,
  wheelchair_accessible: trip.wheelchairAccessible,
  bikes_allowed: trip.bikesAllowed,
  cars_allowed: trip.carsAllowed,
  more: trip.more,
});

function* stopTimeRows({ trips }: Feed): Generator<OutRow> {
  for (const { id, stops } of trips.values()) {
    for (const [place, stop] of stops.entries()) yield stopTimeRow(id, stop, place);
  }
}

const stopTimeRow = (trip: string, stop: StopTime, place: number) => ({
  trip_id: trip,
  arrival_time: stop.interpolated ? undefined : stop.arrivalS,
  departure_time: stop.interpolated ? undefined : stop.departureS,
  stop_id: stop.stop,
  stop_sequence: stop.sequence ?? place + 1,
  stop_headsign: stop.details?.headsign,
  pickup_type: stop.details?.pickupType,
  drop_off_type: stop.details?.dropOffType,
  continuous_pickup: stop.details?.continuousPickup,
  continuous_drop_off: stop.details?.continuousDropOff,
  shape_dist_traveled: stop.shapeDistance,
  timepoint: stop.details?.timepoint,
  more: stop.details?.more,
});

const headwayRows = ({ id, headways }: Trip) =>
  headways.map(({ startS, endS, headwayS, exact, more }) => ({
    trip_id: id,
    start_time: startS,
    end_time: endS,
    headway_secs: headwayS,
    exact_times: exact === undefined ? undefined : Number(exact),
    more,
  }));
