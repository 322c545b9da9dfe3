import type { RejectedCount, StoredRejection } from '#libs/store';
import { z } from 'zod';

import { payloadSchema, payloadText } from './payload-text.js';

const MOST = 200;
const USUAL = 50;

/** How many messages, 1 to 200; 50 when it is not said. */
export const rejectedQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `give a whole number from 1 to ${MOST}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MOST, `give a whole number from 1 to ${MOST}`)
    .optional(),
});
export type RejectedQuery = z.infer<typeof rejectedQuery>;

export const limitOf = ({ limit = USUAL }: RejectedQuery): number => limit;

const rejectedSchema = z.object({
  at_ms: z.number().int().describe('Wall time'),
  topic: z.string(),
  code: z.string().describe('Why it was rejected, as a stable code'),
  reason: z.string().describe('The same as a sentence about this message'),
  readings: z.number().int().describe('Readings lost with it; a message that could not be read counts as one'),
  payload: payloadSchema,
});
type RejectedDocument = z.infer<typeof rejectedSchema>;

export const rejectedListSchema = z.object({
  last_hour: z
    .array(z.object({ code: z.string(), messages: z.number().int(), readings: z.number().int() }))
    .describe('What was rejected in the last hour of wall time, the most readings first'),
  messages: z.array(rejectedSchema).describe('The newest, newest first'),
});
export type RejectedListDocument = z.infer<typeof rejectedListSchema>;

/** `unknown_point: "x" is not in the pack` as its two parts. */
const splitReason = (stored: string): { readonly code: string; readonly reason: string } => {
  const [, code = '', reason = ''] = /^([^:]*):? *(.*)$/s.exec(stored) ?? [];
  return { code, reason: reason === '' ? code : reason };
};

const rejectedDocument = ({ at, topic, reason, readings, payload }: StoredRejection): RejectedDocument => ({
  at_ms: at,
  topic,
  ...splitReason(reason),
  readings,
  payload: payloadText(payload),
});

export const rejectedListDocument = (
  counts: readonly RejectedCount[],
  messages: readonly StoredRejection[],
): RejectedListDocument => ({
  last_hour: counts.map((count) => ({ ...count })),
  messages: messages.map(rejectedDocument),
});
