import type { Edition } from '#libs/transport';
import { z } from 'zod';

export interface StoredEdition {
  /** Wall time, ms. */
  readonly written_ms: number;
  readonly edition: Edition;
}

const dayTrip = z.object({
  id: z.string(),
  line: z.string(),
  pattern: z.string(),
  template: z.string(),
  day: z.number(),
  start_s: z.number().int(),
  vehicle: z.string().exactOptional(),
});

const storedEdition = z.object({
  written_ms: z.number(),
  edition: z.object({
    created_ms: z.number(),
    day: z.number(),
    pack_version: z.string(),
    trips: z.array(dayTrip),
  }),
}) satisfies z.ZodType<StoredEdition>;

/** The edition in a state document; undefined where there is none that can be read: then a new one is made. */
export const readEdition = (document: unknown): StoredEdition | undefined => storedEdition.safeParse(document).data;
