import { z } from 'zod';

import { pointCountsSchema, pointStateSchema } from '../devices/point.schema.js';
import { qualityShape } from '../devices/quality.js';
import { venueGlanceSchema } from '../live/overview.schema.js';

const instant = z.number().int();
const slots = z.array(z.number()).describe('One value a slot');

export const venueListSchema = z.object({ venues: z.array(venueGlanceSchema) });

const readingSchema = z.object({ ts_ms: instant, value: z.number(), ...qualityShape });

/** A venue with its points, their latest readings and its part of the active energy plan. */
export const venueSchema = venueGlanceSchema.extend({
  stop: z.object({ id: z.string(), name: z.string() }),
  pv: z.object({ rated_kw: z.number() }).nullable(),
  battery: z
    .object({
      capacity_kwh: z.number(),
      power_kw: z.number(),
      soc_min_ratio: z.number(),
      soc_max_ratio: z.number(),
    })
    .nullable(),
  point_states: pointCountsSchema.describe('Its points by how fresh they are'),
  points: z.array(
    z.object({
      point: z.string(),
      kind: z.string(),
      unit: z.string(),
      gateway: z.string().describe('Or the device that the platform reads itself'),
      state: pointStateSchema,
      latest: readingSchema.nullable(),
    }),
  ),
  plan: z
    .object({
      id: z.string(),
      start_ms: instant,
      slot_ms: z.number().int(),
      load_kw: slots,
      pv_kw: slots,
      import_kw: slots,
      export_kw: slots,
      battery_kw: slots,
      soc_ratio: slots,
    })
    .nullable(),
});
export type VenueDocument = z.infer<typeof venueSchema>;

export const seriesSchema = z.object({
  venue: z.string(),
  point: z.string(),
  kind: z.string(),
  unit: z.string(),
  from_ms: instant,
  to_ms: instant,
  step_seconds: z.number().int(),
  steps: z
    .array(
      z.object({
        ts_ms: instant.describe('Start of the step'),
        value: z.number().describe('The mean; of a count its sum'),
        min: z.number(),
        max: z.number(),
        last: z.number(),
        count: z.number().int().describe('Readings in the step'),
      }),
    )
    .describe('Steps without readings are left out'),
});
export type SeriesDocument = z.infer<typeof seriesSchema>;
