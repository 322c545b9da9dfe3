import type { FeedFiles } from '../archive.js';
import { listMissingFiles } from '../check/missing-files.js';
import type { Feed, Headway, Service } from '../feed.js';
import type { Notice } from '../rules.js';
import { carriedTables } from '../schema/carried-tables.js';
import { type Row, type ScheduleTable, scheduleTables } from '../schema/schedule-tables.js';
import { TABLES } from '../schema/tables.js';
import { countRows, keepCarriedTable, namedColumns } from './keep-other-file.js';
import { openShapeBook } from './keep-shapes.js';
import { keepStops, type NumberedStop } from './keep-stops.js';
import { type FileCount, openLedger, type RefusedRow } from './ledger.js';
import { idsOf, type KnownIds, readKept } from './read-kept.js';
import { headwayOf, openTripBook } from './trip-book.js';

export interface ImportReport {
  /** In every file imported + refused = rows. */
  readonly files: readonly FileCount[];
  readonly refused: readonly RefusedRow[];
  /** What is wrong with files as a whole. */
  readonly notices: readonly Notice[];
  /** Names of files in sub folders: they are not imported. */
  readonly nested: readonly string[];
}

export interface ImportedFeed {
  readonly feed: Feed;
  readonly report: ImportReport;
}

interface RowHooks<Name extends ScheduleTable> {
  /** What is wrong with a readable row. */
  readonly judge?: (row: Row<Name>) => Omit<Notice, 'file'> | undefined;
  /** Hears of a refused row as far as it could be read. */
  readonly onRefused?: (row: Partial<Row<Name>>) => void;
}

const NO_STOP = 'stop_id must be there: service without fixed stops cannot be dispatched.';

/**
 * Makes a feed of what can be used and refuses the rest: a row that cannot be read, has the id of another, names what
 * is not imported, or belongs to a trip that cannot run. `onFile` hears of each file before it is read.
 */
export const importFeed = (
  { files, nested }: FeedFiles,
  onFile: (file: string) => void = () => undefined,
): ImportedFeed => {
  const ledger = openLedger();
  const known: KnownIds = new Map();
  const notices: Notice[] = [...listMissingFiles({ files, nested })];

  const read = <Name extends ScheduleTable>(
    file: Name,
    keep: (row: Row<Name>, line: number) => void,
    { judge, onRefused }: RowHooks<Name> = {},
  ): void => {
    const bytes = files.get(file);
    if (!bytes) return;
    onFile(file);
    ledger.read(file, 0);
    const spec = scheduleTables[file];
    readKept({
      ...{ file, bytes, spec, ledger, known, notices },
      keep: ({ row, line }) => {
        keep(row as Row<Name>, line);
      },
      ...(judge && { judge: (row) => judge(row as Row<Name>) }),
      ...(onRefused && {
        onRefused: (row) => {
          onRefused(row);
        },
      }),
    });
  };
  const others = new Map<string, Uint8Array>();
  const carry = (file: string): void => {
    const bytes = files.get(file);
    const spec = carriedTables[file];
    if (!bytes || !spec || others.has(file)) return;
    onFile(file);
    ledger.read(file, 0);
    const columns = namedColumns(file, TABLES.values());
    others.set(file, keepCarriedTable({ file, bytes, spec, ledger, known, notices }, columns));
  };

  // Stops name levels.
  carry('levels.txt');
  const agencies: Row<'agency.txt'>[] = [];
  read('agency.txt', (row) => {
    agencies.push(row);
    if (row.agency_id !== undefined) idsOf(known, 'agency.txt', 'agency_id').kept.add(row.agency_id);
  });
  const stopRows: NumberedStop[] = [];
  read('stops.txt', (row, line) => {
    stopRows.push({ row, line });
  });
  const stops = keepStops(stopRows, idsOf(known, 'stops.txt', 'stop_id'), ledger);
  const zoneIds = idsOf(known, 'stops.txt', 'zone_id').kept;
  for (const { zone_id } of stops.values()) if (zone_id !== undefined) zoneIds.add(zone_id);
  const lines = new Map<string, Row<'routes.txt'>>();
  read('routes.txt', (row) => {
    lines.set(row.route_id, row);
    idsOf(known, 'routes.txt', 'route_id').kept.add(row.route_id);
  });
  const services = readServices(read, idsOf(known, 'calendar.txt', 'service_id').kept);
  const shapeBook = openShapeBook();
  read('shapes.txt', (row, line) => {
    shapeBook.add(row, line);
    idsOf(known, 'shapes.txt', 'shape_id').kept.add(row.shape_id);
  });
  const shapes = shapeBook.close(ledger);

  const tripIds = idsOf(known, 'trips.txt', 'trip_id');
  const tripBook = openTripBook(stops.keys());
  read('trips.txt', (row, line) => {
    tripIds.kept.add(row.trip_id);
    tripBook.addTrip(row, line);
  });
  read(
    'stop_times.txt',
    (row, line) => {
      tripBook.addCall(row, line);
    },
    {
      judge: ({ stop_id: stop }) =>
        stop === undefined ? { rule: 'missing_required_field', field: 'stop_id', message: NO_STOP } : undefined,
      onRefused: ({ trip_id: trip }) => {
        if (trip !== undefined) tripBook.tear(trip);
      },
    },
  );
  tripIds.kept.clear();
  const trips = tripBook.close(tripIds, ledger);

  const headways = new Map<string, Headway[]>();
  read('frequencies.txt', (row) => {
    const found = headways.get(row.trip_id);
    if (found) found.push(headwayOf(row));
    else headways.set(row.trip_id, [headwayOf(row)]);
  });
  const transfers: Row<'transfers.txt'>[] = [];
  read('transfers.txt', (row) => {
    transfers.push(row);
  });
  const infos: Row<'feed_info.txt'>[] = [];
  read('feed_info.txt', (row, line) => {
    if (infos.length === 0) infos.push(row);
    else {
      const message = 'feed_info.txt has one row.';
      ledger.refuse({
        file: 'feed_info.txt',
        row: line,
        field: '',
        value: '',
        rule: 'more_than_one_entity',
        message,
        follows: false,
      });
    }
  });
  for (const file of Object.keys(carriedTables)) carry(file);
  for (const [file, bytes] of files) {
    if (TABLES.has(file)) continue;
    onFile(file);
    ledger.read(file, countRows(file, bytes));
    others.set(file, bytes);
  }
  return {
    feed: {
      agencies,
      stops,
      lines,
      trips: new Map([...trips].map(([id, trip]) => [id, { ...trip, headways: headways.get(id) ?? [] }])),
      services,
      shapes,
      transfers,
      info: infos[0],
      otherFiles: others,
    },
    report: { files: ledger.counts(), refused: ledger.refused, notices, nested },
  };
};

type ReadTable = <Name extends ScheduleTable>(file: Name, keep: (row: Row<Name>) => void) => void;

interface OpenService {
  calendar: Row<'calendar.txt'> | undefined;
  readonly added: Set<number>;
  readonly removed: Set<number>;
  readonly notes: Map<number, Readonly<Record<string, string>>>;
}

const readServices = (read: ReadTable, serviceIds: Set<string>): ReadonlyMap<string, Service> => {
  const services = new Map<string, OpenService>();
  const open = (id: string): OpenService => {
    const found = services.get(id) ?? { calendar: undefined, added: new Set(), removed: new Set(), notes: new Map() };
    services.set(id, found);
    serviceIds.add(id);
    return found;
  };
  read('calendar.txt', (row) => {
    open(row.service_id).calendar = row;
  });
  read('calendar_dates.txt', ({ service_id, date, exception_type, more }) => {
    const service = open(service_id);
    (exception_type === 1 ? service.added : service.removed).add(date);
    if (more) service.notes.set(date, more);
  });
  return new Map(
    [...services].map(([id, { calendar, added, removed, notes }]) => [
      id,
      { calendar, added, removed, ...(notes.size > 0 && { notes }) },
    ]),
  );
};
