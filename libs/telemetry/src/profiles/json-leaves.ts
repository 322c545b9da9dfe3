import { fail, ok, type Result, showValue } from '#libs/kernel';
import { decodeJson, type Refusal } from '../decode-json.js';
import { readNumber } from './numbers.js';
import type { DeviceReport, Measurement } from './profile.js';

/** Most values in one message of a device. */
export const MAX_VALUES = 10_000;
/** Longest channel that a pack can name. */
const MAX_CHANNEL = 256;

export const NOTHING: DeviceReport = { measurements: [], refused: [] };

export const refuse = (refusal: Refusal): DeviceReport => ({ measurements: [], refused: [refusal] });

/** A JSON object's members. Never keys of a plain object again: they are names from the wire. */
export type Members = ReadonlyMap<string, unknown>;

export const findMembers = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;

/** A payload that has to be one JSON object. Refusals: those of decodeJson, and `wrong_shape`. */
export const readMembers = (payload: Uint8Array): Result<Members, Refusal> => {
  const json = decodeJson(payload);
  if (!json.ok) return json;
  const members = findMembers(json.value);
  return members ? ok(members) : fail({ code: 'wrong_shape', detail: `${showValue(json.value)} is no JSON object` });
};

export interface LeafOptions {
  /** Stands before every channel. */
  readonly prefix: string;
  readonly ts: number | undefined;
  /** `path` has the names from the top on, joined by dots, without the prefix; `name` is the last of them, without an index. */
  readonly unitOf: (path: string, name: string, value: number | null) => string | undefined;
  /** Elements of arrays are values, as `path[0]`; otherwise arrays are skipped. */
  readonly arrays?: boolean;
  /** Instead of readNumber. */
  readonly read?: (value: unknown, name: string) => Result<number | null, Refusal>;
}

/** Every number, boolean and null in nested JSON objects, as measurements. Other JSON is skipped; a number past the doubles is refused. */
export const measureLeaves = (members: Iterable<readonly [string, unknown]>, options: LeafOptions): DeviceReport => {
  const measurements: Measurement[] = [];
  const refused: Refusal[] = [];
  const { prefix, ts, unitOf, arrays = false, read = readNumber } = options;

  const visit = (path: string, name: string, value: unknown): boolean => {
    if (prefix.length + path.length > MAX_CHANNEL) {
      refused.push({ code: 'name_too_long', detail: `${showValue(name)} makes a channel of over ${MAX_CHANNEL}` });
    } else if (Array.isArray(value)) {
      return !arrays || value.every((element, index) => visit(`${path}[${index}]`, name, element));
    } else if (typeof value === 'object' && value !== null) {
      return Object.entries(value).every(([key, child]) => visit(`${path}.${key}`, key, child));
    } else {
      const number = read(value, name);
      if (number.ok) {
        const unit = unitOf(path, name, number.value);
        measurements.push({ channel: prefix + path, ts, value: number.value, unit, quality: 'good' });
      } else if (number.error.code !== 'not_a_number') {
        refused.push({ code: number.error.code, detail: `${prefix}${path}: ${number.error.detail}` });
      }
    }
    return measurements.length + refused.length <= MAX_VALUES;
  };

  for (const [key, value] of members) {
    if (!visit(key, key, value)) {
      return refuse({ code: 'too_many_values', detail: `the message has over ${MAX_VALUES} values` });
    }
  }
  return { measurements, refused };
};
