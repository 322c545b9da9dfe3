import type { Stop } from '../feed.js';
import { sameText } from './check-agencies.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables, Numbered } from './tables.js';

const FILE = 'stops.txt';
const STATION = 1;

/** What kind of place a stop lies in, by its own kind. */
const PARENT_TYPE: Readonly<Record<number, number>> = { 0: STATION, 2: STATION, 3: STATION, 4: 0 };

const typeOf = ({ location_type: type = 0 }: Stop): number => type;

/** Places, names and stations of stops, and whether anybody calls there. */
export const checkStops = (tables: CheckedTables, book: NoticeBook): void => {
  const rows = tables.rowsOf(FILE);
  const stops = new Map(rows.map(({ row }) => [row.stop_id, row]));
  const agencyUrls = new Set(tables.rowsOf('agency.txt').map(({ row }) => row.agency_url.toLowerCase()));
  const routeUrls = new Set(tables.rowsOf('routes.txt').flatMap(({ row }) => row.route_url?.toLowerCase() ?? []));
  for (const stop of rows) {
    checkPlace(stop, book);
    checkNames(stop, { agencyUrls, routeUrls }, book);
    checkParent(stop, stops, book);
  }
  checkUse(rows, tables, book);
};

const checkPlace = ({ line, row }: Numbered<Stop>, book: NoticeBook): void => {
  const { stop_lat: lat, stop_lon: lon } = row;
  if ((lat === undefined || lon === undefined) && typeOf(row) <= 2) {
    const field = lat === undefined ? 'stop_lat' : 'stop_lon';
    const message = `Stop ${row.stop_id} has no place.`;
    book.add({ rule: 'stop_without_location', file: FILE, row: line, field, message });
  }
  checkPoint(lat, lon, { file: FILE, row: line, field: 'stop_lat' }, book);
};

/** A point near 0, 0 or near a pole is a mistake and no place. */
export const checkPoint = (
  lat: number | undefined,
  lon: number | undefined,
  place: { readonly file: string; readonly row: number; readonly field: string },
  book: NoticeBook,
): void => {
  if (lat === undefined || lon === undefined) return;
  const found = { ...place, value: `${lat}, ${lon}` };
  if (Math.abs(lat) <= 1 && Math.abs(lon) <= 1) {
    book.add({ rule: 'point_near_origin', ...found, message: `The point ${lat}, ${lon} is near 0, 0.` });
  }
  if (Math.abs(lat) >= 89) {
    book.add({ rule: 'point_near_pole', ...found, message: `The point ${lat}, ${lon} is near a pole.` });
  }
};

interface Urls {
  readonly agencyUrls: ReadonlySet<string>;
  readonly routeUrls: ReadonlySet<string>;
}

const checkNames = ({ line, row }: Numbered<Stop>, { agencyUrls, routeUrls }: Urls, book: NoticeBook): void => {
  const { stop_name: name, stop_desc: description, stop_url: url } = row;
  if (name === undefined && typeOf(row) <= 2) {
    const message = `Stop ${row.stop_id} has no name.`;
    book.add({ rule: 'missing_stop_name', file: FILE, row: line, field: 'stop_name', message });
  }
  if (name !== undefined && description !== undefined && sameText(name, description)) {
    const message = 'stop_desc repeats stop_name.';
    const place = { file: FILE, row: line, field: 'stop_desc', value: description };
    book.add({ rule: 'same_name_and_description_for_stop', ...place, message });
  }
  if (url === undefined) return;
  const place = { file: FILE, row: line, field: 'stop_url', value: url };
  if (agencyUrls.has(url.toLowerCase())) {
    book.add({ rule: 'same_stop_and_agency_url', ...place, message: 'stop_url is the agency_url.' });
  }
  if (routeUrls.has(url.toLowerCase())) {
    book.add({ rule: 'same_stop_and_route_url', ...place, message: 'stop_url is the route_url of a route.' });
  }
};

const checkParent = ({ line, row }: Numbered<Stop>, stops: ReadonlyMap<string, Stop>, book: NoticeBook): void => {
  const { stop_id: id, parent_station: parent } = row;
  const type = typeOf(row);
  const place = { file: FILE, row: line, field: 'parent_station' };
  if (parent === undefined) {
    if (type >= 2) {
      const message = `Stop ${id} of location_type ${type} has no parent_station.`;
      book.add({ rule: 'location_without_parent_station', ...place, message });
    } else if (type === 0 && row.platform_code !== undefined) {
      const message = `Platform ${id} has no parent_station.`;
      book.add({ rule: 'platform_without_parent_station', ...place, message });
    }
    return;
  }
  if (type === STATION) {
    const message = `Station ${id} has a parent_station.`;
    book.add({ rule: 'station_with_parent_station', ...place, value: parent, message });
    return;
  }
  const found = stops.get(parent);
  if (!found || typeOf(found) === PARENT_TYPE[type]) return;
  const message = `The parent_station of location_type ${type} must be of location_type ${PARENT_TYPE[type]}, ${parent} is of ${typeOf(found)}.`;
  book.add({ rule: 'wrong_parent_location_type', ...place, value: parent, message });
};

const checkUse = (rows: readonly Numbered<Stop>[], tables: CheckedTables, book: NoticeBook): void => {
  const called = new Map<string, number>();
  for (const { line, row } of tables.rowsOf('stop_times.txt')) {
    if (row.stop_id !== undefined && !called.has(row.stop_id)) called.set(row.stop_id, line);
  }
  const parents = new Set(rows.flatMap(({ row }) => (typeOf(row) === 0 ? (row.parent_station ?? []) : [])));
  for (const { line, row } of rows) {
    const place = { file: FILE, row: line, field: 'stop_id', value: row.stop_id };
    const calledAt = called.get(row.stop_id);
    if (typeOf(row) === 0 && calledAt === undefined) {
      book.add({ rule: 'stop_without_stop_time', ...place, message: `No trip calls at stop ${row.stop_id}.` });
    } else if (typeOf(row) > 0 && calledAt !== undefined) {
      const message = `A trip calls at ${row.stop_id} of location_type ${typeOf(row)}, in stop_times.txt row ${calledAt}.`;
      book.add({ rule: 'location_with_unexpected_stop_time', ...place, message });
    }
    if (typeOf(row) === STATION && !parents.has(row.stop_id)) {
      book.add({ rule: 'unused_station', ...place, message: `No stop lies in station ${row.stop_id}.` });
    }
  }
};
