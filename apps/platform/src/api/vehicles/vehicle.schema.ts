import { z } from 'zod';

import { liveVehicle, prediction } from '../../positions/live-document.js';

const instant = z.number().int();

export const vehicleSchema = liveVehicle.extend({
  age_seconds: z.number().describe('Event time since its last position'),
  predictions: z
    .array(prediction)
    .describe('Its trip under way and the next one, by stop; an arrival lies in [low_ms, high_ms] four times in five'),
});
export type VehicleDocument = z.infer<typeof vehicleSchema>;

export const vehicleListSchema = z.object({
  at_ms: instant.describe('Event time of the picture; 0 before there is one'),
  vehicles: z.array(vehicleSchema),
  missing: z
    .array(z.object({ vehicle: z.string(), trouble: z.string(), since_ms: instant, text: z.string() }))
    .describe('Vehicles that were to leave and of which nothing is heard'),
  departures: z
    .array(
      z.object({
        line: z.string(),
        vehicle: z.string(),
        planned_ms: instant,
        actual_ms: instant.nullable().describe('As it was seen to leave; null when nobody saw it'),
      }),
    )
    .describe('Planned for the last hour, over all lines'),
});
export type VehicleListDocument = z.infer<typeof vehicleListSchema>;

export const trackSchema = z.object({
  vehicle: z.string(),
  positions: z.array(
    z.object({
      ts: instant,
      lat: z.number(),
      lon: z.number(),
      bearing: z.number().nullable(),
      speed_mps: z.number().nullable(),
      trip: z.string().nullable(),
      occupancy: z.number().nullable(),
    }),
  ),
});
export type TrackDocument = z.infer<typeof trackSchema>;

export const lineLiveSchema = z.object({
  line: z.string(),
  at_ms: instant,
  vehicles: z.array(vehicleSchema),
  headways: z.array(
    z.object({
      pattern: z.string(),
      target_s: z.number().nullable().describe('Planned around now'),
      gaps: z.array(z.object({ vehicle: z.string(), ahead_s: z.number().describe('To the vehicle ahead') })),
    }),
  ),
  departures: z
    .array(
      z.object({
        pattern: z.string(),
        vehicle: z.string(),
        planned_ms: instant,
        actual_ms: instant.nullable().describe('As it was seen to leave; null when nobody saw it'),
        delay_s: z.number().nullable(),
      }),
    )
    .describe('Planned for the last hour'),
  delay: z
    .object({ seen: z.number().int(), mean_s: z.number(), worst_s: z.number() })
    .nullable()
    .describe('Of the departures that were seen'),
});
export type LineLiveDocument = z.infer<typeof lineLiveSchema>;
