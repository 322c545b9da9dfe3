import { showValue } from '#libs/kernel';
import type { Notice } from '../rules.js';
import { type Field, type FieldValue, isUnreadable } from '../schema/field.js';
import type { TableSpec } from '../schema/table.js';
import { splitCsv } from './split-csv.js';

/** What is wrong with a cell or a row; `refuses`: the row cannot be used. */
export interface Problem {
  readonly notice: Notice;
  readonly refuses: boolean;
}

export interface ReadRow {
  /** The line on which it ends; the header is 1. */
  readonly line: number;
  /** A value for each field that can be read, and `more` for columns that nothing here reads. */
  readonly row: object;
  readonly cells: readonly string[];
  readonly problems: readonly Problem[];
}

export interface TableVisitor {
  /** What is wrong with the file or its header; `refuses`: no row of the file can be used. */
  onProblem(problem: Problem): void;
  onRow(read: ReadRow): void;
}

interface Column {
  readonly name: string;
  readonly field: Field<FieldValue> | undefined;
}

const NO_PROBLEMS: readonly Problem[] = [];

/** A value as a notice shows it: at most 80 characters. */
export const showText = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** Reads one table of a feed, row by row. Rows with spaces only are named and not visited. Returns the header. */
export const readTable = (
  file: string,
  bytes: Uint8Array,
  spec: TableSpec,
  visitor: TableVisitor,
): readonly string[] => {
  const text = new TextDecoder().decode(bytes);
  const broken = text.includes('\uFFFD');
  let columns: readonly Column[] | undefined;
  splitCsv(text, (cells, line, torn) => {
    if (columns) {
      if (cells.length === 1 && cells[0]?.trim() === '') {
        const notice: Notice = { rule: 'empty_row', file, row: line, message: 'The row has only spaces.' };
        visitor.onProblem({ notice, refuses: false });
      } else visitor.onRow(readRow(file, columns, { cells, line, torn, broken }));
      return;
    }
    columns = cells.map((cell) => ({ name: cell.trim(), field: fieldOf(spec, cell.trim()) }));
    for (const problem of judgeHeader(file, columns, spec)) visitor.onProblem(problem);
  });
  if (!columns) {
    visitor.onProblem({ notice: { rule: 'empty_file', file, message: `${file} is empty.` }, refuses: false });
  }
  return (columns ?? []).map(({ name }) => name);
};

const fieldOf = (spec: TableSpec, name: string): Field<FieldValue> | undefined =>
  Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;

const judgeHeader = (file: string, columns: readonly Column[], spec: TableSpec): readonly Problem[] => {
  const problems: Problem[] = [];
  const add = (rule: Notice['rule'], refuses: boolean, message: string, field?: string): void => {
    problems.push({ notice: { rule, file, row: 1, ...(field !== undefined && { field }), message }, refuses });
  };
  const seen = new Set<string>();
  columns.forEach(({ name, field }, place) => {
    if (name === '') {
      add('empty_column_name', false, `Column ${place + 1} has no name.`);
      return;
    }
    if (seen.has(name)) add('duplicated_column', true, `Column ${name} occurs twice.`, name);
    seen.add(name);
    if (!field && spec.unread?.includes(name) !== true)
      add('unknown_column', false, `GTFS has no column ${name} in ${file}.`, name);
  });
  const needed = Object.entries(spec.fields).flatMap(([name, { presence }]) => (presence === 'required' ? [name] : []));
  for (const name of [...needed, ...(spec.columns ?? [])]) {
    if (!seen.has(name)) add('missing_required_column', needed.includes(name), `Column ${name} is missing.`, name);
  }
  return problems;
};

interface RawRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly torn: boolean;
  /** The file has bytes that are not UTF-8. */
  readonly broken: boolean;
}

const readRow = (file: string, columns: readonly Column[], { cells, line, torn, broken }: RawRow): ReadRow => {
  let problems: Problem[] | undefined;
  const add = (rule: Notice['rule'], refuses: boolean, message: string, field?: string, value?: string): void => {
    const place = { ...(field !== undefined && { field }), ...(value !== undefined && { value: showText(value) }) };
    problems ??= [];
    problems.push({ notice: { rule, file, row: line, ...place, message }, refuses });
  };
  const row: Record<string, FieldValue | object> = {};
  let more: [string, string][] | undefined;
  if (torn) add('csv_parsing_failed', true, 'A quote opens in this row and does not close.');
  else if (cells.length !== columns.length) {
    add('invalid_row_length', true, `The row has ${cells.length} cells, the header ${columns.length}.`);
  }
  for (let place = 0; place < columns.length; place += 1) {
    const column = columns[place];
    if (!column) continue;
    const { name, field } = column;
    const raw = cells[place] ?? '';
    const text = raw.trim();
    if (text === '') {
      if (!field || field.presence === 'optional') continue;
      const rule = field.presence === 'required' ? 'missing_required_field' : 'missing_recommended_field';
      add(rule, field.presence === 'required', `${name} must be there.`, name);
      continue;
    }
    if (broken && text.includes('\uFFFD')) add('invalid_character', true, `${name} is not UTF-8.`, name, text);
    if (!field) {
      if (name === '') add('empty_column_name', true, `Column ${place + 1} has a value and no name.`, '', text);
      else (more ??= []).push([name, text]);
      continue;
    }
    judgeText(name, raw, text, field, add);
    const value = field.type.read(text);
    if (isUnreadable(value)) {
      const carried = field.type.carry(text);
      add(value.rule, carried === undefined, `${name} must be ${value.should}, found ${showValue(text)}.`, name, text);
      if (carried !== undefined) row[name] = carried;
    } else row[name] = value;
  }
  if (more) row['more'] = Object.fromEntries(more);
  return { line, row, cells, problems: problems ?? NO_PROBLEMS };
};

type AddProblem = (rule: Notice['rule'], refuses: boolean, message: string, field: string, value: string) => void;

/** How the text looks, whatever its type. */
const judgeText = (name: string, raw: string, text: string, { type }: Field<FieldValue>, add: AddProblem): void => {
  if (text.length !== raw.length) {
    add('leading_or_trailing_whitespaces', false, `${name} has spaces around it.`, name, raw);
  }
  if (type.kind === 'value') return;
  if (/[\r\n]/.test(text)) add('new_line_in_value', false, `${name} has a line end in it.`, name, text);
  if (type.kind === 'id' && !/^[\x20-\x7e]*$/.test(text)) {
    add('non_ascii_or_non_printable_char', false, `${name} has a sign that is no printable ASCII.`, name, text);
  }
  if (type.kind === 'name' && !isMixedCase(text)) {
    add('mixed_case_recommended_field', false, `${name} is better in mixed case.`, name, text);
  }
};

/** One word is not all small; of several words one has both cases. */
const isMixedCase = (text: string): boolean => {
  const words = text.split(/[^\p{L}]+/u).filter((word) => word.length > 1);
  const [first = ''] = words;
  if (words.length < 2) return first !== text || !/^\p{Ll}+$/u.test(text);
  return (
    words.some((word) => /\p{Lu}/u.test(word) && /\p{Ll}/u.test(word)) ||
    !words.some((word) => /[\p{Lu}\p{Ll}]/u.test(word))
  );
};
