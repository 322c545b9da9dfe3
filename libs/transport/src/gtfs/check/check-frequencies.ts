import { time } from '../schema/field-types.js';
import type { NoticeBook } from './notice-book.js';
import { type CheckedTables, groupRows } from './tables.js';

const FILE = 'frequencies.txt';

/** Periods of headway service: each ends after it begins, and those of a trip do not overlap. */
export const checkFrequencies = (tables: CheckedTables, book: NoticeBook): void => {
  const rows = tables.rowsOf(FILE);
  for (const { line, row } of rows) {
    if (row.end_time > row.start_time) continue;
    const rule = row.end_time === row.start_time ? 'start_and_end_range_equal' : 'start_and_end_range_out_of_order';
    const message = `The period ends at ${time.write(row.end_time)} and begins at ${time.write(row.start_time)}.`;
    book.add({ rule, file: FILE, row: line, field: 'end_time', value: time.write(row.end_time), message });
  }
  for (const periods of groupRows(rows, ({ row }) => row.trip_id).values()) {
    const sorted = [...periods].sort((a, b) => a.row.start_time - b.row.start_time || a.row.end_time - b.row.end_time);
    for (const [place, { line, row }] of sorted.entries()) {
      const before = sorted[place - 1];
      if (!before || row.start_time >= before.row.end_time) continue;
      const message = `The period begins before that of row ${before.line} ends at ${time.write(before.row.end_time)}.`;
      const value = time.write(row.start_time);
      book.add({ rule: 'overlapping_frequency', file: FILE, row: line, field: 'start_time', value, message });
    }
  }
};
