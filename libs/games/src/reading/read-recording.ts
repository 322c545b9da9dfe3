import { parse } from 'csv-parse/sync';

import { fail, type Fault, MINUTE_MS, ok, type Result } from '#libs/kernel';

import { findCivil, formatCivil, getCivil } from '../civil.js';
import type { Recording } from '../recording.js';
import type { RecordingEntry } from '../schema.js';
import { FileFaults } from './file-faults.js';

type Row = readonly string[];

const readTable = (bytes: Uint8Array, faults: FileFaults): readonly Row[] => {
  try {
    return parse(Buffer.from(bytes), { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    faults.add('', '', 'csv_syntax', `The file is no CSV: ${error instanceof Error ? error.message : 'unknown'}`);
    return [];
  }
};

const checkHeader = (header: Row, faults: FileFaults): void => {
  const wrong = (message: string) => faults.add('row 1', header.join(','), 'header', message);
  if (header[0] !== 'time' || header.length < 2) wrong('The header must be time and then one column a series.');
  else if (new Set(header).size < header.length || header.includes('')) wrong('Each column needs a name of its own.');
};

/** Each row is held against the one before it, so that one missing row is one fault. */
const checkTimes = (entry: RecordingEntry, body: readonly Row[], faults: FileFaults): void => {
  let expected = getCivil(entry.start);
  body.forEach(([time = ''], index) => {
    if (time !== formatCivil(expected)) {
      const rule = index === 0 ? `The first row is at ${entry.start}` : `Rows are ${entry.step_minutes} minutes apart`;
      faults.add(`row ${index + 2}, time`, time, 'equidistant', `${rule}: expected ${formatCivil(expected)}.`);
    }
    expected = (findCivil(time) ?? expected) + entry.step_minutes * MINUTE_MS;
  });
};

const readColumns = (header: Row, body: readonly Row[], faults: FileFaults): ReadonlyMap<string, Float64Array> => {
  const columns = header.slice(1).map((name) => [name, new Float64Array(body.length)] as const);
  body.forEach((cells, index) => {
    if (cells.length !== header.length) {
      const message = `The row has ${cells.length} cells, the header ${header.length}.`;
      faults.add(`row ${index + 2}`, cells.join(','), 'cell_count', message);
      return;
    }
    columns.forEach(([name, values], place) => {
      const text = cells[place + 1] ?? '';
      const value = text === '' ? Number.NaN : Number(text);
      values[index] = value;
      if (!Number.isFinite(value)) faults.add(`row ${index + 2}, ${name}`, text, 'number', 'Expected a finite number.');
    });
  });
  return new Map(columns);
};

/**
 * The CSV file of a recording: a header, then the declared rows, their times a step apart from the start, every number finite.
 * The entry's start is a civil time that exists.
 */
export const readRecording = (entry: RecordingEntry, bytes: Uint8Array): Result<Recording, readonly Fault[]> => {
  const faults = new FileFaults(entry.file);
  const [header = [], ...body] = readTable(bytes, faults);
  if (faults.list().length === 0) checkHeader(header, faults);
  if (faults.list().length > 0) return fail(faults.list());

  if (body.length !== entry.rows) {
    const message = `There are ${body.length} rows below the header, where recordings.yaml declares ${entry.rows}.`;
    faults.add('', String(body.length), 'row_count', message);
  }
  checkTimes(entry, body, faults);
  const columns = readColumns(header, body, faults);
  if (faults.list().length > 0) return fail(faults.list());
  const { id, rows } = entry;
  return ok({ id, rows, columns, startCivil: getCivil(entry.start), stepMs: entry.step_minutes * MINUTE_MS });
};
