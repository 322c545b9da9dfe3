import type { FeedFiles } from '../archive.js';
import { readTable } from '../csv/read-table.js';
import { fieldOf } from '../import/read-kept.js';
import type { Row, ScheduleTable } from '../schema/schedule-tables.js';
import { TABLES } from '../schema/tables.js';
import type { NoticeBook } from './notice-book.js';

/** A row with the line on which it ends; the header is 1. */
export interface Numbered<T> {
  readonly line: number;
  readonly row: T;
}

/** A feed as it is looked at: rows with what could be read of them. */
export interface CheckedTables {
  /** Rows that can be read; none where the file is missing. */
  rowsOf<Name extends ScheduleTable>(file: Name): readonly Numbered<Row<Name>>[];
  /** All rows of a file, also of those that cannot be read whole. */
  allRowsOf(file: string): readonly Numbered<object>[];
  has(file: string): boolean;
  /** Trips of which a stop time cannot be read: what the others say together means nothing. */
  readonly tornTrips: ReadonlySet<string>;
}

/** Reads every table and books what is wrong with files, headers, rows and cells. */
export const readTables = ({ files }: FeedFiles, book: NoticeBook): CheckedTables => {
  const all = new Map<string, Numbered<object>[]>();
  const whole = new Map<string, Numbered<object>[]>();
  const tornTrips = new Set<string>();
  for (const [file, spec] of TABLES) {
    const bytes = files.get(file);
    if (!bytes) continue;
    const rows: Numbered<object>[] = [];
    const faulty = new Set<number>();
    readTable(file, bytes, spec, {
      onProblem: ({ notice }) => {
        book.add(notice);
      },
      onRow: ({ line, row, problems }) => {
        for (const { notice } of problems) book.add(notice);
        rows.push({ line, row });
        if (!problems.some(({ refuses }) => refuses)) return;
        faulty.add(line);
        const trip = file === 'stop_times.txt' ? fieldOf(row, 'trip_id') : undefined;
        if (trip !== undefined) tornTrips.add(trip);
      },
    });
    all.set(file, rows);
    const needed = Object.entries(spec.fields).flatMap(([name, { presence }]) =>
      presence === 'required' ? [name] : [],
    );
    const isWhole = ({ line, row }: Numbered<object>): boolean =>
      !faulty.has(line) && needed.every((name) => Object.hasOwn(row, name));
    whole.set(file, rows.every(isWhole) ? rows : rows.filter(isWhole));
  }
  return {
    rowsOf: <Name extends ScheduleTable>(file: Name) => (whole.get(file) ?? []) as readonly Numbered<Row<Name>>[],
    allRowsOf: (file) => all.get(file) ?? [],
    has: (file) => all.has(file),
    tornTrips,
  };
};

/** Rows that say the same of `keyOf`, in the order of the file. */
export const groupRows = <T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
};
