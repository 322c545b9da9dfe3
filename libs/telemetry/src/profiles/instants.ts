import { fail, ok, type Result, showValue } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';

/** Last instant of ECMAScript: 13 September 275760. */
const MAX_INSTANT_MS = 8_640_000_000_000_000;

/** Epoch ms, rounded to whole ones; `bad_time` when it is no instant from 1970 to the year 275760. */
export const readInstant = (ms: unknown): Result<number, Refusal> => {
  const whole = typeof ms === 'number' ? Math.round(ms) : NaN;
  return whole >= 0 && whole <= MAX_INSTANT_MS
    ? ok(whole)
    : fail({ code: 'bad_time', detail: `${showValue(ms)} is no instant from 1970 to 275760 in epoch ms` });
};
