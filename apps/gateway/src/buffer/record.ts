import { readingMessage } from '#libs/telemetry';
import { z } from 'zod';

const count = z.number().int().min(0);

/** One line of the buffer: a message, and what the gateway must know to go on after it. */
export const bufferRecord = z.object({
  seq: count,
  /** Readings written to the buffer since it was made, this line's included. */
  total: count,
  /** Last event-minute that the line holds, epoch ms. */
  minute: count,
  /** State of charge after that minute; null without a battery. */
  soc_ratio: z.number().min(0).max(1).nullable(),
  readings: z.array(readingMessage),
});

export type BufferRecord = z.infer<typeof bufferRecord>;

/** A whole line, or undefined for one that was torn off or damaged. */
export const parseRecord = (line: string): BufferRecord | undefined => {
  try {
    return bufferRecord.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};
