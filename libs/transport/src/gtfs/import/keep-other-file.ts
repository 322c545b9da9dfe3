import { strToU8 } from 'fflate';
import { splitCsv } from '../csv/split-csv.js';
import { csvLine } from '../csv/write-csv.js';
import type { TableSpec } from '../schema/table.js';
import { fieldOf, idsOf, type ReadKept, readKept } from './read-kept.js';

/** A table that goes through as bytes: the very same, or without its refused rows. */
export const keepCarriedTable = (
  inputs: Omit<ReadKept, 'keep'>,
  givenIds: readonly (readonly [file: string, column: string])[],
): Uint8Array => {
  const { file, bytes, ledger, known } = inputs;
  const kept: (readonly string[])[] = [];
  const before = ledger.refused.length;
  const header = readKept({
    ...inputs,
    keep: ({ row, cells }) => {
      kept.push(cells);
      for (const [, column] of givenIds) {
        const id = fieldOf(row, column);
        if (id !== undefined) idsOf(known, file, column).kept.add(id);
      }
    },
  });
  if (ledger.refused.length === before) return bytes;
  return strToU8([header, ...kept].map(csvLine).join(''));
};

/** How many rows an unread file has: records below a header where it is a table, none otherwise. */
export const countRows = (file: string, bytes: Uint8Array): number => {
  if (!file.endsWith('.txt')) return 0;
  let records = 0;
  splitCsv(new TextDecoder().decode(bytes), (cells) => {
    if (cells.length > 1 || cells[0]?.trim() !== '') records += 1;
  });
  return Math.max(0, records - 1);
};

/** The columns of a table that other tables name. */
export const namedColumns = (
  file: string,
  tables: Iterable<TableSpec>,
): readonly (readonly [file: string, column: string])[] => {
  const columns = new Set<string>();
  for (const { references } of tables)
    for (const reference of references) if (reference.file === file) columns.add(reference.to);
  return [...columns].map((column) => [file, column] as const);
};
