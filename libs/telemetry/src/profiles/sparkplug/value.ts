import { ok, type Result } from '#libs/kernel';
import type { Refusal } from '../../decode-json.js';
import { readNumber } from '../numbers.js';
import { signedOf, unsignedOf } from './long.js';
import type { SparkplugMetric, WireValue } from './payload.js';

interface IntegerType {
  readonly bits: number;
  readonly signed: boolean;
}

/** By number of `DataType` in sparkplug_b.proto. */
const INTEGERS: ReadonlyMap<number, IntegerType> = new Map([
  [1, { bits: 8, signed: true }],
  [2, { bits: 16, signed: true }],
  [3, { bits: 32, signed: true }],
  [4, { bits: 64, signed: true }],
  [5, { bits: 8, signed: false }],
  [6, { bits: 16, signed: false }],
  [7, { bits: 32, signed: false }],
  [8, { bits: 64, signed: false }],
]);
const [FLOAT, DOUBLE, BOOLEAN] = [9, 10, 11];

/** Some publishers write a negative Int8 in 8 bits (255), some in 32: both are -1. */
const signExtend = (raw: number, bits: number): number => {
  const spare = 32 - bits;
  return raw < 2 ** bits ? (raw << spare) >> spare : raw | 0;
};

const integerOf = (value: WireValue, { bits, signed }: IntegerType): number => {
  if (value.kind === 'other') return value.number;
  if (!signed) return value.kind === 'int' ? value.int : unsignedOf(value.long);
  if (bits === 64) return value.kind === 'int' ? value.int : signedOf(value.long);
  return signExtend(value.kind === 'int' ? value.int : value.long.low, bits);
};

const rawOf = (value: WireValue): number => {
  if (value.kind === 'int') return value.int;
  return value.kind === 'long' ? signedOf(value.long) : value.number;
};

export interface SparkplugValue {
  readonly value: number | null;
  /** false: an integer past 2^53, or one whose type nobody has told. */
  readonly exact: boolean;
}

/**
 * A metric's number by its datatype (undefined: not known yet). Gives undefined when the metric is none: text, times, bytes, tables, templates and
 * arrays. Refusals: `no_value`, `not_finite`.
 */
export const readSparkplugValue = (
  { isNull, value }: Pick<SparkplugMetric, 'isNull' | 'value'>,
  datatype: number | undefined,
): Result<SparkplugValue | undefined, Refusal> => {
  const integer = datatype === undefined ? undefined : INTEGERS.get(datatype);
  const numeric = integer !== undefined || datatype === FLOAT || datatype === DOUBLE || datatype === BOOLEAN;
  if (!numeric && datatype !== undefined) return ok(undefined);
  if (isNull) return ok({ value: null, exact: true });
  if (!value) {
    return numeric
      ? { ok: false, error: { code: 'no_value', detail: 'the metric has neither a value nor is_null' } }
      : ok(undefined);
  }
  const raw = integer ? integerOf(value, integer) : rawOf(value);
  const number = readNumber(datatype === BOOLEAN ? raw !== 0 : raw);
  if (!number.ok) return number;
  const exact = value.kind === 'other' || (datatype !== undefined && Number.isSafeInteger(raw));
  return ok({ value: number.value, exact });
};
