import { parse } from 'csv-parse/sync';

import { fail, type Fault, MINUTE_MS, ok, type Result, showValue } from '#libs/kernel';

import { findCivil, formatCivil } from '../civil.js';
import type { Recording } from '../recording.js';
import type { RecordingEntry } from '../schema.js';

/** A broken file may be wrong in every row: this many are named, then the rest are counted. */
const FAULTS_NAMED = 20;

/** Text that is a finite decimal number, as `Number` reads it; an empty cell is none. */
const findDecimal = (text: string): number | undefined => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
};

const readTable = (file: string, bytes: Uint8Array): Result<readonly (readonly string[])[], Fault> => {
  try {
    return ok(parse(Buffer.from(bytes), { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true }));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    return fail({ file, path: '', rule: 'csv_syntax', message: `The file is no CSV: ${message}` });
  }
};

const headerFaults = (file: string, header: readonly string[]): readonly Fault[] => {
  const fault = (rule: string, message: string): Fault => ({
    file,
    path: 'row 1',
    value: showValue(header.join(',')),
    rule,
    message,
  });
  if (header[0] !== 'time' || header.length < 2) {
    return [fault('header', 'The header must be time and then one column a series.')];
  }
  return new Set(header).size < header.length || header.includes('')
    ? [fault('header', 'Each column needs a name of its own.')]
    : [];
};

/** The CSV file of a recording: a header, then the declared rows, their times a step apart from the start, every number finite. */
export const readRecording = (entry: RecordingEntry, bytes: Uint8Array): Result<Recording, readonly Fault[]> => {
  const { file, rows } = entry;
  const startCivil = findCivil(entry.start);
  const table = readTable(file, bytes);
  if (!table.ok) return fail([table.error]);
  const [header = [], ...body] = table.value;
  const wrongHeader = headerFaults(file, header);
  if (wrongHeader.length > 0) return fail(wrongHeader);

  const faults: Fault[] = [];
  if (body.length !== rows) {
    const message = `The file has ${body.length} rows below its header, where recordings.yaml declares ${rows}.`;
    faults.push({ file, path: '', value: String(body.length), rule: 'row_count', message });
  }
  const stepMs = entry.step_minutes * MINUTE_MS;
  const names = header.slice(1);
  const columns = names.map(() => new Float64Array(body.length));
  let expected = startCivil;
  body.forEach((cells, index) => {
    const fault = (column: string, value: string, rule: string, message: string) =>
      faults.push({ file, path: `row ${index + 2}, ${column}`, value: showValue(value), rule, message });
    if (cells.length !== header.length) {
      fault('all', cells.join(','), 'cell_count', `The row has ${cells.length} cells, the header ${header.length}.`);
      return;
    }
    const time = cells[0] ?? '';
    if (expected !== undefined && time !== formatCivil(expected)) {
      const after = index === 0 ? `The first row is at ${entry.start}` : `Rows are ${entry.step_minutes} minutes apart`;
      fault('time', time, 'equidistant', `${after}: expected ${formatCivil(expected)}.`);
    }
    // Each row is held against the one before it, so that one missing row is one fault.
    const at = findCivil(time) ?? expected;
    expected = at === undefined ? undefined : at + stepMs;
    columns.forEach((column, place) => {
      const text = cells[place + 1] ?? '';
      const value = findDecimal(text);
      if (value === undefined) fault(names[place] ?? '', text, 'number', 'Expected a finite number.');
      else column[index] = value;
    });
  });
  if (faults.length > FAULTS_NAMED) {
    const message = `${faults.length - FAULTS_NAMED} more faults in this file.`;
    faults.splice(FAULTS_NAMED, Infinity, { file, path: '', rule: 'more_faults', message });
  }
  if (faults.length > 0 || startCivil === undefined) return fail(faults);
  return ok({
    id: entry.id,
    startCivil,
    stepMs,
    columns: new Map(names.map((name, place) => [name, columns[place] ?? new Float64Array(rows)])),
    rows,
  });
};
