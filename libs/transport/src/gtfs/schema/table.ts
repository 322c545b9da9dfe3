import type { Field, FieldValue } from './field.js';

export type Fields = Readonly<Record<string, Field<FieldValue>>>;

/** What a table's column names in another table. */
export interface Reference {
  readonly field: string;
  readonly file: string;
  readonly to: string;
}

/** One file of GTFS Schedule. */
export interface TableSpec {
  readonly presence: 'required' | 'recommended' | 'optional';
  /** The fields that no two rows share. */
  readonly key: readonly string[];
  readonly fields: Fields;
  readonly references: readonly Reference[];
  /** Columns that must be there although their values may be blank. */
  readonly columns?: readonly string[];
  /** Columns of GTFS that nothing here reads. */
  readonly unread?: readonly string[];
}

/** `to('stops.txt', 'stop_id', 'parent_station')`: the last ones name the first. */
export const to = (file: string, column: string, ...fields: readonly string[]): readonly Reference[] =>
  fields.map((field) => ({ field, file, to: column }));
