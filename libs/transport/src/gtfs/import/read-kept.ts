import { showValue } from '#libs/kernel';
import { readTable, showText } from '../csv/read-table.js';
import type { Notice } from '../rules.js';
import type { TableSpec } from '../schema/table.js';
import { type Ledger, refusalOf, type RefusedRow } from './ledger.js';

/** The ids of a column, of rows that are kept and of rows that were refused. */
export interface ColumnIds {
  readonly kept: Set<string>;
  readonly refused: Set<string>;
}

/** By `file/column`. */
export type KnownIds = Map<string, ColumnIds>;

export interface KeptRow {
  readonly row: object;
  readonly line: number;
  readonly cells: readonly string[];
}

export interface ReadKept {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly spec: TableSpec;
  readonly ledger: Ledger;
  readonly known: KnownIds;
  /** What is wrong with the file as a whole. */
  readonly notices: Notice[];
  readonly keep: (kept: KeptRow) => void;
  /** What else is wrong with a row that can be read. */
  readonly judge?: (row: object) => Omit<Notice, 'file'> | undefined;
  /** A refused row, as far as it could be read. */
  readonly onRefused?: (row: object) => void;
}

/** Tables whose rows are told apart by a number within a group: whoever sorts the group finds what is there twice. */
const SORTED_LATER: ReadonlySet<string> = new Set(['stop_times.txt', 'shapes.txt']);

/** Reads a table and keeps the rows that can be used: readable, with an id of their own, and naming only kept rows. Returns the header. */
export const readKept = (inputs: ReadKept): readonly string[] => {
  const { file, bytes, spec, ledger, known, notices, keep } = inputs;
  let fileFault: Notice | undefined;
  const judgeRow = openRowJudge(inputs);
  const refusedIds = idsOf(known, file, spec.key[0] ?? '').refused;
  return readTable(file, bytes, spec, {
    onProblem: ({ notice, refuses }) => {
      notices.push(notice);
      if (refuses) fileFault ??= notice;
    },
    onRow: ({ line, row, cells, problems }) => {
      ledger.read(file);
      const problem = fileFault ?? problems.find(({ refuses }) => refuses)?.notice;
      const refusal = problem ? refusalOf({ ...problem, row: line }, fileFault !== undefined) : judgeRow(row, line);
      if (!refusal) {
        keep({ row, line, cells });
        return;
      }
      ledger.refuse(refusal);
      const id = fieldOf(row, spec.key[0] ?? '');
      if (id !== undefined) refusedIds.add(id);
      inputs.onRefused?.(row);
    },
  });
};

/** Looks at what a readable row names, at its id and at what else its table asks of it. */
const openRowJudge = ({
  file,
  spec,
  known,
  judge,
}: ReadKept): ((row: object, line: number) => RefusedRow | undefined) => {
  const keys = new Set<string>();
  // A station may stand below its platforms: stops settle their parents later.
  const references = spec.references
    .filter(({ field }) => field !== 'parent_station')
    .map((reference) => ({ ...reference, ids: idsOf(known, reference.file, reference.to) }));
  return (row, line) => {
    for (const reference of references) {
      const { field, ids } = reference;
      const id = fieldOf(row, field);
      if (id === undefined || ids.kept.has(id)) continue;
      const follows = ids.refused.has(id);
      const message = `${field} must name a ${reference.to} of ${reference.file}${follows ? ' that is imported' : ''}, found ${showValue(id)}.`;
      return refusalOf(
        { rule: 'foreign_key_violation', file, row: line, field, value: showText(id), message },
        follows,
      );
    }
    if (spec.key.length > 0 && !SORTED_LATER.has(file)) {
      const key = keyOf(row, spec.key);
      if (keys.has(key)) {
        const message = `Another row has the same ${spec.key.join(', ')}.`;
        const [field = ''] = spec.key;
        const value = showText(fieldOf(row, field) ?? '');
        return refusalOf({ rule: 'duplicate_key', file, row: line, field, value, message });
      }
      keys.add(key);
    }
    const judged = judge?.(row);
    return judged && refusalOf({ ...judged, file, row: line });
  };
};

/** The ids of a column, to look up or to add to. */
export const idsOf = (known: KnownIds, file: string, column: string): ColumnIds => {
  const key = `${file}/${column}`;
  const found = known.get(key) ?? { kept: new Set<string>(), refused: new Set<string>() };
  known.set(key, found);
  return found;
};

/** The text of an id; undefined where it is blank. */
export const fieldOf = (row: object, field: string): string | undefined => {
  const value: unknown = Reflect.get(row, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** The fields that make a row one of its kind, as one text. */
export const keyOf = (row: object, fields: readonly string[]): string =>
  fields.length === 1
    ? (fieldOf(row, fields[0] ?? '') ?? '')
    : fields.map((field) => fieldOf(row, field) ?? '').join('\u0000');
