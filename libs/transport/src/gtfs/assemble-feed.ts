import { type Fault, showValue } from '#libs/kernel';
import type { Feed, Headway, Service, StopTime, Trip } from './feed.js';
import type { Row, TableName } from './rows.js';
import { readStopTimes } from './stop-times.js';
import { groupBy, type Numbered } from './table.js';

/** The rows of every table that is used. */
export type Tables = { readonly [Name in TableName]: readonly Numbered<Row<Name>>[] };

/** Joins the tables. Appends a fault for each reference that does not resolve and each id that occurs twice. */
export const assembleFeed = (tables: Tables, faults: Fault[]): Feed => {
  const stops = byId(tables['stops.txt'], 'stops.txt', 'stop_id', faults);
  const lines = byId(tables['routes.txt'], 'routes.txt', 'route_id', faults);
  const tripRows = byId(tables['trips.txt'], 'trips.txt', 'trip_id', faults);
  const services = assembleServices(tables, faults);
  requireKnown(tables['trips.txt'], 'trips.txt', 'route_id', lines, faults);
  requireKnown(tables['trips.txt'], 'trips.txt', 'service_id', services, faults);
  requireKnown(tables['stop_times.txt'], 'stop_times.txt', 'trip_id', tripRows, faults);
  requireKnown(tables['stop_times.txt'], 'stop_times.txt', 'stop_id', stops, faults);
  requireKnown(tables['frequencies.txt'], 'frequencies.txt', 'trip_id', tripRows, faults);

  const timesByTrip = groupBy(tables['stop_times.txt'], (row) => row.trip_id);
  const headwaysByTrip = groupBy(tables['frequencies.txt'], (row) => row.trip_id);
  const trips = new Map<string, Trip>();
  for (const { line, row } of tables['trips.txt']) {
    const times = timesByTrip.get(row.trip_id);
    if (!times) {
      const message = `Trip ${row.trip_id} has no stop times.`;
      faults.push({ file: 'trips.txt', path: `row ${line}, trip_id`, rule: 'two_stops', message });
      continue;
    }
    const read = readStopTimes(row.trip_id, times);
    if (!read.ok) faults.push(read.error);
    const tripStops: readonly StopTime[] = read.ok ? read.value : [];
    const headways = (headwaysByTrip.get(row.trip_id) ?? []).map(({ row: { start_time, end_time, headway_secs } }) => ({
      startS: start_time,
      endS: end_time,
      headwayS: headway_secs,
    })) satisfies Headway[];
    trips.set(row.trip_id, {
      id: row.trip_id,
      line: row.route_id,
      service: row.service_id,
      stops: tripStops,
      headways,
    });
  }
  const agencies = tables['agency.txt'].map(({ row }) => row);
  const rest = { shapes: new Map(), transfers: [], info: undefined, otherFiles: new Map() };
  return { agencies, stops, lines, trips, services, ...rest } as Feed;
};

const assembleServices = (tables: Tables, faults: Fault[]): ReadonlyMap<string, Service> => {
  const calendars = byId(tables['calendar.txt'], 'calendar.txt', 'service_id', faults);
  const exceptions = groupBy(tables['calendar_dates.txt'], (row) => row.service_id);
  const daysOf = (service: string, type: '1' | '2'): ReadonlySet<number> =>
    new Set((exceptions.get(service) ?? []).flatMap(({ row }) => (row.exception_type === type ? [row.date] : [])));
  return new Map(
    [...new Set([...calendars.keys(), ...exceptions.keys()])].map((id) => [
      id,
      { calendar: calendars.get(id), added: daysOf(id, '1'), removed: daysOf(id, '2') },
    ]),
  );
};

const byId = <Key extends string, T extends Readonly<Record<Key, string>>>(
  rows: readonly Numbered<T>[],
  file: string,
  key: Key,
  faults: Fault[],
): Map<string, T> => {
  const found = new Map<string, T>();
  for (const { line, row } of rows) {
    const id = row[key];
    if (found.has(id)) {
      const message = `${key} must occur once.`;
      faults.push({ file, path: `row ${line}, ${key}`, value: showValue(id), rule: 'unique', message });
    } else found.set(id, row);
  }
  return found;
};

const requireKnown = <Key extends string>(
  rows: readonly Numbered<Readonly<Record<Key, string>>>[],
  file: string,
  key: Key,
  known: ReadonlyMap<string, unknown>,
  faults: Fault[],
): void => {
  const unknown = groupBy(
    rows.filter(({ row }) => !known.has(row[key])),
    (row) => row[key],
  );
  for (const [id, [first]] of unknown) {
    if (!first) continue;
    const message = `${key} must name a row of the feed. Perhaps the feed was cut.`;
    faults.push({ file, path: `row ${first.line}, ${key}`, value: showValue(id), rule: `unknown_${key}`, message });
  }
};
