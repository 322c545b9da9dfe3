import { z } from 'zod';

import { departureGlanceSchema, lineGlanceSchema } from '../live/overview.schema.js';

export const lineListSchema = z.object({ lines: z.array(lineGlanceSchema) });

/** A line with everything that the active dispatch plan says about it. */
export const lineSchema = lineGlanceSchema.extend({
  rides: z.array(z.object({ from: z.string(), to: z.string(), share: z.number() })).describe('Between venues'),
  departures: z.array(departureGlanceSchema).describe('All that are planned'),
  plan: z
    .object({
      id: z.string(),
      start_ms: z.number().int(),
      slot_ms: z.number().int(),
      departures: z.array(z.number()).describe('Departures in each slot'),
      queue: z.array(z.number()).describe('Passengers waiting at the end of each slot'),
    })
    .nullable(),
});
export type LineDocument = z.infer<typeof lineSchema>;
