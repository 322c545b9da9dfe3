import type { Notice, RuleCode } from '../rules.js';

/** A row that is not in the imported feed, and why. */
export interface RefusedRow {
  readonly file: string;
  /** The line of the file; the header is 1. */
  readonly row: number;
  /** Blank where the whole row is meant. */
  readonly field: string;
  readonly value: string;
  readonly rule: RuleCode;
  readonly message: string;
  /** The row itself may be right: something that it needs was refused. */
  readonly follows: boolean;
}

/** Every row of a file is imported or refused; blank lines are no rows. */
export interface FileCount {
  readonly file: string;
  readonly rows: number;
  readonly imported: number;
  readonly refused: number;
}

/** Books what becomes of every row. A row is read once, and refused at most once. */
export interface Ledger {
  read(file: string, rows?: number): void;
  refuse(row: RefusedRow): void;
  counts(): readonly FileCount[];
  readonly refused: readonly RefusedRow[];
}

export const openLedger = (): Ledger => {
  const rows = new Map<string, number>();
  const refused: RefusedRow[] = [];
  const refusedOf = new Map<string, number>();
  return {
    refused,
    read: (file, count = 1) => {
      rows.set(file, (rows.get(file) ?? 0) + count);
    },
    refuse: (row) => {
      refused.push(row);
      refusedOf.set(row.file, (refusedOf.get(row.file) ?? 0) + 1);
    },
    counts: () =>
      [...rows].map(([file, count]) => {
        const left = refusedOf.get(file) ?? 0;
        return { file, rows: count, imported: count - left, refused: left };
      }),
  };
};

/** A notice about a row as the reason for refusing it. */
export const refusalOf = (
  { rule, file, row = 0, field = '', value = '', message }: Notice,
  follows = false,
): RefusedRow => ({
  file,
  row,
  field,
  value,
  rule,
  message,
  follows,
});
