import type { RuleCode } from '../rules.js';

/** Why a text is no value of its field. */
export interface Unreadable {
  /** Code of the rule, as the canonical GTFS validator names it. */
  readonly rule: Extract<RuleCode, `invalid_${string}` | 'number_out_of_range' | 'unexpected_enum_value'>;
  /** What it should be: "a time such as 07:30:00". */
  readonly should: string;
}

export type FieldValue = string | number | boolean;

/** How the text of a field is read, and written again. `T` is a plain value. */
export interface FieldType<T extends FieldValue> {
  readonly kind: 'id' | 'text' | 'name' | 'value';
  /** The value, or why there is none. The text is trimmed and not blank. */
  readonly read: (text: string) => T | Unreadable;
  write(value: T): string;
  /**
   * What goes through in place of an unreadable text that is for people only, or means nothing to dispatch. Undefined:
   * a row with this text cannot be used.
   */
  readonly carry: (text: string) => T | undefined;
}

export type Presence = 'required' | 'recommended' | 'optional';

export interface Field<T extends FieldValue, P extends Presence = Presence> {
  readonly type: FieldType<T>;
  readonly presence: P;
}

/** Columns that nothing here reads, by name, as the feed has them and without the blank ones. */
export type Extra = Readonly<Record<string, string>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;
type RequiredOf<F> = { [K in keyof F]: F[K] extends { readonly presence: 'required' } ? K : never }[keyof F];

/** A row of a table: its fields by their GTFS names, what is blank is absent; other columns in `more`. */
export type RowOf<F> = { readonly [K in RequiredOf<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredOf<F>>]?: ValueOf<F[K]>;
} & { readonly more?: Extra };

export const isUnreadable = (value: FieldValue | Unreadable): value is Unreadable => typeof value === 'object';

export const required = <T extends FieldValue>(type: FieldType<T>): Field<T, 'required'> => ({
  type,
  presence: 'required',
});
export const recommended = <T extends FieldValue>(type: FieldType<T>): Field<T, 'recommended'> => ({
  type,
  presence: 'recommended',
});
export const optional = <T extends FieldValue>(type: FieldType<T>): Field<T, 'optional'> => ({
  type,
  presence: 'optional',
});
