import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { type Fault, showValue } from '#libs/kernel';

/** A row with its line number in the file, so that a fault can point at it. */
export interface Numbered<T> {
  readonly line: number;
  readonly row: T;
}

export interface Table<T> {
  readonly rows: readonly Numbered<T>[];
  readonly faults: readonly Fault[];
}

/** Faults named in one file; past that one more says how many there are. */
const MAX_FAULTS = 100;

/** Reads one CSV table. Faulty rows are left out and named. */
export const readTable = <T>(name: string, schema: z.ZodType<T>, bytes: Uint8Array): Table<T> => {
  const faults: Fault[] = [];
  const rows: Numbered<T>[] = [];
  for (const { line, fields } of readRecords(name, bytes, faults)) {
    const read = schema.safeParse(fields);
    if (read.success) rows.push({ line, row: read.data });
    else faults.push(...read.error.issues.map((issue) => toFault(name, line, fields, issue)));
  }
  return { rows, faults: cut(name, faults) };
};

interface CsvRecord {
  readonly line: number;
  /** By header; without the blank ones. */
  readonly fields: Readonly<Record<string, string>>;
}

const readRecords = (file: string, bytes: Uint8Array, faults: Fault[]): readonly CsvRecord[] => {
  const lines: { readonly line: number; readonly record: readonly string[] }[] = [];
  try {
    parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (record: readonly string[], { lines: line }) => {
        lines.push({ line, record });
        return null;
      },
    });
  } catch (error) {
    const message = `The file must be CSV: ${error instanceof Error ? error.message : String(error)}.`;
    faults.push({ file, path: '', rule: 'csv', message });
    return [];
  }
  const [head, ...body] = lines;
  const header = head?.record ?? [];
  return body.map(({ line, record }) => {
    if (record.length > header.length) {
      const message = `The row has ${record.length} fields, the header ${header.length}.`;
      faults.push({ file, path: `row ${line}`, rule: 'field_count', message });
    }
    const fields = header.flatMap((key, column) => {
      const value = record[column];
      return value === undefined || value === '' ? [] : [[key, value] as const];
    });
    return { line, fields: Object.fromEntries(fields) };
  });
};

const toFault = (
  file: string,
  line: number,
  fields: Readonly<Record<string, string>>,
  issue: z.core.$ZodIssue,
): Fault => {
  const field = String(issue.path[0]);
  const value = fields[field];
  const path = `row ${line}, ${field}`;
  if (value === undefined) return { file, path, rule: 'required_field', message: `${field} must be there.` };
  return { file, path, value: showValue(value), rule: 'field_format', message: `${field} ${issue.message}.` };
};

const cut = (file: string, faults: readonly Fault[]): readonly Fault[] =>
  faults.length <= MAX_FAULTS
    ? faults
    : [
        ...faults.slice(0, MAX_FAULTS),
        { file, path: '', rule: 'more_faults', message: `There are ${faults.length - MAX_FAULTS} more.` },
      ];

export const groupBy = <T>(rows: readonly Numbered<T>[], keyOf: (row: T) => string): Map<string, Numbered<T>[]> => {
  const groups = new Map<string, Numbered<T>[]>();
  for (const numbered of rows) {
    const key = keyOf(numbered.row);
    const group = groups.get(key);
    if (group) group.push(numbered);
    else groups.set(key, [numbered]);
  }
  return groups;
};
