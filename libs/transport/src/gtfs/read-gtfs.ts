import type { z } from 'zod';
import { type Fault, fail, ok, type Result } from '#libs/kernel';
import { type ArchiveLimits, defaultLimits, unpack } from './archive.js';
import { assembleFeed, type Tables } from './assemble-feed.js';
import type { Feed } from './feed.js';
import { rowSchemas, type TableName } from './rows.js';
import { type Numbered, readTable } from './table.js';

const REQUIRED: readonly TableName[] = ['agency.txt', 'stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt'];

/**
 * Reads a GTFS schedule from its zip: the tables that dispatch needs, of which `calendar.txt` or `calendar_dates.txt`
 * must be there and `frequencies.txt` may. Faults name file, row, field, value and rule, all of them and not only the first.
 */
export const readGtfs = (zip: Uint8Array, limits: ArchiveLimits = defaultLimits): Result<Feed, readonly Fault[]> => {
  const files = unpack(zip, new Set(Object.keys(rowSchemas)), limits);
  if (!files.ok) return fail([files.error]);
  const faults: Fault[] = listMissing(files.value);
  const read = <T>(name: string, schema: z.ZodType<T>): readonly Numbered<T>[] => {
    const table = readTable(name, schema, files.value.get(name) ?? new Uint8Array());
    faults.push(...table.faults);
    return table.rows;
  };
  const tables: Tables = {
    'agency.txt': read('agency.txt', rowSchemas['agency.txt']),
    'stops.txt': read('stops.txt', rowSchemas['stops.txt']),
    'routes.txt': read('routes.txt', rowSchemas['routes.txt']),
    'trips.txt': read('trips.txt', rowSchemas['trips.txt']),
    'stop_times.txt': read('stop_times.txt', rowSchemas['stop_times.txt']),
    'calendar.txt': read('calendar.txt', rowSchemas['calendar.txt']),
    'calendar_dates.txt': read('calendar_dates.txt', rowSchemas['calendar_dates.txt']),
    'frequencies.txt': read('frequencies.txt', rowSchemas['frequencies.txt']),
  };
  if (faults.length > 0) return fail(faults);
  const feed = assembleFeed(tables, faults);
  return faults.length > 0 ? fail(faults) : ok(feed);
};

const listMissing = (files: ReadonlyMap<string, Uint8Array>): Fault[] => {
  const missing = (file: string, message: string): Fault => ({ file, path: '', rule: 'required_file', message });
  const faults = REQUIRED.filter((name) => !files.has(name)).map((name) =>
    missing(name, `The feed must hold ${name} at its top level.`),
  );
  if (!files.has('calendar.txt') && !files.has('calendar_dates.txt')) {
    faults.push(missing('calendar.txt', 'The feed must hold calendar.txt or calendar_dates.txt.'));
  }
  return faults;
};
