import { z } from 'zod';

/** Characters shown of a payload. */
const SHOWN = 500;
/** So much of a payload is kept, so the last character of what is as long may be torn. */
const KEPT_BYTES = 4_096;

export const payloadSchema = z.object({
  encoding: z.enum(['text', 'base64']).describe('base64: it is not UTF-8'),
  text: z.string().describe(`At most ${SHOWN} characters`),
  truncated: z.boolean().describe('There is more of it than is shown'),
});

const decodeUtf8 = (payload: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload, {
      stream: payload.length >= KEPT_BYTES,
    });
  } catch {
    return undefined;
  }
};

/** The beginning of a kept payload: as text when it is UTF-8, else in base64. */
export const payloadText = (payload: Uint8Array): z.infer<typeof payloadSchema> => {
  const torn = payload.length >= KEPT_BYTES;
  const text = decodeUtf8(payload);
  if (text !== undefined) {
    const characters = Array.from(text);
    const truncated = torn || characters.length > SHOWN;
    return { encoding: 'text', text: characters.slice(0, SHOWN).join(''), truncated };
  }
  const shown = payload.subarray(0, (SHOWN / 4) * 3);
  const truncated = torn || shown.length < payload.length;
  return { encoding: 'base64', text: Buffer.from(shown).toString('base64'), truncated };
};
