import { showValue } from '#libs/kernel';
import { showText } from '../csv/read-table.js';
import { fieldOf, keyOf } from '../import/read-kept.js';
import type { Reference } from '../schema/table.js';
import { TABLES } from '../schema/tables.js';
import type { NoticeBook } from './notice-book.js';
import type { CheckedTables } from './tables.js';

/** Ids that occur twice, and ids that name nothing. */
export const checkKeys = (tables: CheckedTables, book: NoticeBook): void => {
  for (const [file, spec] of TABLES) {
    if (!tables.has(file)) continue;
    checkUnique(file, spec.key, tables, book);
    for (const reference of spec.references) checkReference(file, reference, tables, book);
  }
};

const checkUnique = (file: string, key: readonly string[], tables: CheckedTables, book: NoticeBook): void => {
  if (key.length === 0) {
    for (const { line } of tables.allRowsOf(file).slice(1)) {
      book.add({ rule: 'more_than_one_entity', file, row: line, message: `${file} has one row.` });
    }
    return;
  }
  const first = new Map<string, number>();
  for (const { line, row } of tables.allRowsOf(file)) {
    const id = keyOf(row, key);
    const [field = ''] = key;
    // A row whose id cannot be read is named for that.
    if (fieldOf(row, field) === undefined && key.length > 1 && file !== 'transfers.txt') continue;
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, line);
      continue;
    }
    const value = key.map((name) => fieldOf(row, name) ?? '').join(', ');
    const message = `${key.join(', ')} is also that of row ${before}.`;
    book.add({ rule: 'duplicate_key', file, row: line, field: key.join(', '), value: showText(value), message });
  }
};

const checkReference = (
  file: string,
  { field, file: named, to }: Reference,
  tables: CheckedTables,
  book: NoticeBook,
): void => {
  const known = new Set(tables.allRowsOf(named).map(({ row }) => fieldOf(row, to)));
  if (named === 'calendar.txt') {
    for (const { row } of tables.allRowsOf('calendar_dates.txt')) known.add(fieldOf(row, to));
  }
  for (const { line, row } of tables.allRowsOf(file)) {
    const id = fieldOf(row, field);
    if (id === undefined || known.has(id)) continue;
    const message = `${field} must name a ${to} of ${named}, found ${showValue(id)}.`;
    book.add({ rule: 'foreign_key_violation', file, row: line, field, value: showText(id), message });
  }
};
