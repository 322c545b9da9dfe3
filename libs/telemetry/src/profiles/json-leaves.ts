import { fail, ok, type Result, showValue } from '#libs/kernel';
import { decodeJson, type Refusal } from '../decode-json.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { readNumber } from './numbers.js';
import type { DeviceReport } from './profile.js';
import { ReportBuilder } from './report.js';

/** Longest channel that a pack can name. */
const MAX_CHANNEL = 256;

/** A payload that has to be one JSON object. Refusals: those of decodeJson, and `wrong_shape`. */
export const readJsonObject = (payload: Uint8Array): Result<JsonObject, Refusal> => {
  const json = decodeJson(payload);
  if (!json.ok) return json;
  if (isJsonObject(json.value)) return ok(json.value);
  return fail({ code: 'wrong_shape', detail: `${showValue(json.value)} is no JSON object` });
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
  const { prefix, ts, unitOf, arrays = false, read = readNumber } = options;
  const report = new ReportBuilder();

  const visit = (path: string, name: string, value: unknown): void => {
    if (prefix.length + path.length > MAX_CHANNEL) {
      report.refuse({ code: 'name_too_long', detail: `${showValue(name)} makes a channel of over ${MAX_CHANNEL}` });
    } else if (Array.isArray(value)) {
      if (arrays) for (const [index, element] of value.entries()) visit(`${path}[${index}]`, name, element);
    } else if (isJsonObject(value)) {
      for (const [key, child] of Object.entries(value)) visit(`${path}.${key}`, key, child);
    } else {
      const number = read(value, name);
      if (!number.ok && number.error.code === 'not_a_number') return;
      const unit = unitOf(path, name, number.ok ? number.value : null);
      report.addRead({ channel: prefix + path, ts, unit, quality: 'good' }, number);
    }
  };

  for (const [key, value] of members) visit(key, key, value);
  return report.build();
};
