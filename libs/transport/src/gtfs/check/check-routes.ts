import type { Line } from '../feed.js';
import { sameText } from './check-agencies.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables, Numbered } from './tables.js';

const FILE = 'routes.txt';
const LONGEST_SHORT_NAME = 12;
/** Least difference of brightness (0 to 255) between a route's colour and its text. */
const LEAST_CONTRAST = 72;

/** Names, colours and agencies of routes. */
export const checkRoutes = (tables: CheckedTables, book: NoticeBook): void => {
  const severalAgencies = tables.rowsOf('agency.txt').length > 1;
  const agencyUrls = new Set(tables.rowsOf('agency.txt').map(({ row }) => row.agency_url.toLowerCase()));
  const names = new Map<string, number>();
  for (const route of tables.rowsOf(FILE)) {
    const { line, row } = route;
    if (severalAgencies && row.agency_id === undefined) {
      const message = 'With several agencies a route must say whose it is.';
      book.add({ rule: 'missing_required_field', file: FILE, row: line, field: 'agency_id', message });
    }
    checkNames(route, book);
    checkContrast(route, book);
    if (row.route_url !== undefined && agencyUrls.has(row.route_url.toLowerCase())) {
      const place = { file: FILE, row: line, field: 'route_url', value: row.route_url };
      book.add({ rule: 'same_route_and_agency_url', ...place, message: 'route_url is the agency_url.' });
    }
    const key = JSON.stringify([row.route_long_name, row.route_short_name, row.route_type, row.agency_id]);
    const before = names.get(key);
    if (before !== undefined) {
      const message = `The route has the names, type and agency of row ${before}.`;
      const value = row.route_short_name ?? row.route_long_name ?? '';
      book.add({ rule: 'duplicate_route_name', file: FILE, row: line, field: 'route_short_name', value, message });
    } else names.set(key, line);
  }
};

const checkNames = ({ line, row }: Numbered<Line>, book: NoticeBook): void => {
  const { route_short_name: short, route_long_name: long, route_desc: description } = row;
  const place = { file: FILE, row: line };
  if (short === undefined && long === undefined) {
    const message = `Route ${row.route_id} has no name.`;
    book.add({ rule: 'route_both_short_and_long_name_missing', ...place, field: 'route_short_name', message });
  }
  if (short !== undefined && short.length > LONGEST_SHORT_NAME) {
    const message = `route_short_name has ${short.length} letters.`;
    book.add({ rule: 'route_short_name_too_long', ...place, field: 'route_short_name', value: short, message });
  }
  if (short !== undefined && long?.toLowerCase().startsWith(short.toLowerCase()) === true) {
    const rest = long.slice(short.length);
    if (rest === '' || /^[\s\-()]/.test(rest)) {
      const message = `route_long_name begins with the short name ${short}.`;
      book.add({
        rule: 'route_long_name_contains_short_name',
        ...place,
        field: 'route_long_name',
        value: long,
        message,
      });
    }
  }
  const repeated = [short, long].some(
    (name) => name !== undefined && description !== undefined && sameText(name, description),
  );
  if (repeated && description !== undefined) {
    const message = 'route_desc repeats a name of the route.';
    book.add({
      rule: 'same_name_and_description_for_route',
      ...place,
      field: 'route_desc',
      value: description,
      message,
    });
  }
};

/** Brightness of a colour, 0 to 255 (ITU-R BT.601). */
const luma = (color: string): number => {
  const part = (from: number): number => Number.parseInt(color.slice(from, from + 2), 16);
  return 0.299 * part(0) + 0.587 * part(2) + 0.114 * part(4);
};

const checkContrast = ({ line, row }: Numbered<Line>, book: NoticeBook): void => {
  const { route_color: color, route_text_color: textColor } = row;
  if (color === undefined || textColor === undefined) return;
  if (!(Math.abs(luma(color) - luma(textColor)) < LEAST_CONTRAST)) return;
  const message = `route_text_color can hardly be read on ${color}.`;
  book.add({
    rule: 'route_color_contrast',
    file: FILE,
    row: line,
    field: 'route_text_color',
    value: textColor,
    message,
  });
};
