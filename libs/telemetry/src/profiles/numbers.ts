import { fail, ok, type Result, showValue } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';

/** Decimal notation as devices print it, a point for the comma; no hexadecimal, no `Infinity`, no empty text. */
const NUMERIC_TEXT = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
/** No longer text is looked at: 17 digits say everything that a double holds. */
const MAX_NUMERIC_TEXT = 64;

/** A number in decimal notation, or undefined for any other text. May be infinite (`1e400`). */
const findNumberInText = (text: string): number | undefined =>
  text.length <= MAX_NUMERIC_TEXT && NUMERIC_TEXT.test(text) ? Number(text) : undefined;

const finite = (value: number): Result<number, Refusal> =>
  Number.isFinite(value) ? ok(value) : fail({ code: 'not_finite', detail: 'the value is no finite number' });

/**
 * A JSON value as a measurement: finite numbers, booleans as 0 and 1, null as "no valid value". `text: true` where the
 * format sends numbers as text. Refusals: `not_finite` (`1e400`), `not_a_number` (any other JSON; many formats carry such
 * beside their measurements and are to skip it).
 */
export const readNumber = (value: unknown, { text = false } = {}): Result<number | null, Refusal> => {
  if (value === null) return ok(null);
  if (typeof value === 'number') return finite(value);
  if (typeof value === 'boolean') return ok(value ? 1 : 0);
  const inText = text && typeof value === 'string' ? findNumberInText(value) : undefined;
  if (inText !== undefined) return finite(inText);
  return fail({ code: 'not_a_number', detail: `${showValue(value)} is no number` });
};
