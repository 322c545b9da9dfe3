import { fail, ok, type Result } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';

/** Longest payload that is read as one word or one number. */
const MAX_TEXT_BYTES = 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A payload that is one value and no document: `21.5`, `ON`, `online`. Refusals: `too_large`, `not_utf8`. Never throws. */
export const readBareText = (payload: Uint8Array): Result<string, Refusal> => {
  if (payload.length > MAX_TEXT_BYTES) {
    return fail({ code: 'too_large', detail: `${payload.length} bytes are over ${MAX_TEXT_BYTES} for a single value` });
  }
  try {
    return ok(utf8.decode(payload));
  } catch {
    return fail({ code: 'not_utf8', detail: 'the payload is not UTF-8' });
  }
};
