import { fail, ok, type Result } from '#libs/kernel';
import type { z } from 'zod';

/** Largest payload that is read: 1 MiB. */
export const MAX_PAYLOAD_BYTES = 1_048_576;
/** Deepest nesting of arrays and objects; the contract's own messages need three. */
export const MAX_DEPTH = 16;

/** Why a payload was not taken: a stable code and a sentence about this payload. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
}

export const formatRefusal = (refusal: Refusal): string => `${refusal.code}: ${refusal.detail}`;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Nesting of JSON text, looked up in its bytes before anything is built from it. */
const depthOf = (json: Uint8Array): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index];
    if (inString) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
};

const decodeText = (payload: Uint8Array): string | undefined => {
  try {
    return utf8.decode(payload);
  } catch {
    return undefined;
  }
};

/** JSON from bytes of unknown origin, within the limits above. Never throws. */
export const decodeJson = (payload: Uint8Array): Result<unknown, Refusal> => {
  if (payload.length > MAX_PAYLOAD_BYTES) {
    return fail({ code: 'too_large', detail: `${payload.length} bytes are over ${MAX_PAYLOAD_BYTES}` });
  }
  const depth = depthOf(payload);
  if (depth > MAX_DEPTH) return fail({ code: 'too_deep', detail: `nested ${depth} deep, over ${MAX_DEPTH}` });
  const text = decodeText(payload);
  if (text === undefined) return fail({ code: 'not_utf8', detail: 'the payload is not UTF-8' });
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return fail({ code: 'not_json', detail: error instanceof Error ? error.message : 'the payload is not JSON' });
  }
};

/** One sentence for the first thing in which a value breaks its schema. */
export const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return issue ? `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}` : 'wrong shape';
};

/** A message of the contract, or why it is none. Never throws. */
export const decodeMessage = <T>(schema: z.ZodType<T>, payload: Uint8Array): Result<T, Refusal> => {
  const json = decodeJson(payload);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  return parsed.success ? ok(parsed.data) : fail({ code: 'wrong_shape', detail: firstIssue(parsed.error) });
};
