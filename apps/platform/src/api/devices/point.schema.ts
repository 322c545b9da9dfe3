import { z } from 'zod';

import type { PackPoint } from './pack-points.js';
import { qualityDocument, qualityShape } from './quality.js';

const instant = z.number().int();
const STATES = ['live', 'stale', 'never'] as const;

export const pointStateSchema = z
  .enum(STATES)
  .describe('stale: three of its intervals without a reading; never: nothing of it was ever stored');

export const pointCountsSchema = z.object({
  live: z.number().int(),
  stale: z.number().int(),
  never: z.number().int(),
});

/** Id of a venue, and a state; left out: all. */
export const pointsQuery = z.strictObject({
  venue: z.string().min(1).max(128).optional(),
  state: z.enum(STATES).optional(),
});
export type PointsQuery = z.infer<typeof pointsQuery>;

const pointSchema = z.object({
  venue: z.string(),
  point: z.string(),
  kind: z.string(),
  unit: z.string(),
  source: z.string().describe('Id of the gateway or device that publishes it'),
  device: z.string().nullable().describe('Id of the device that measures it, when it speaks its own format'),
  profile: z.string().nullable().describe('The format of that device'),
  interval_s: z.number().describe('Expected time between readings, event time'),
  last_seen_ms: instant.nullable().describe('Event time of its newest reading'),
  value: z.number().nullable(),
  quality: qualityShape.quality.nullable(),
  reasons: qualityShape.reasons,
  state: pointStateSchema,
});
export type PointDocument = z.infer<typeof pointSchema>;

export const pointListSchema = z.object({
  now: instant.describe('Event time'),
  counts: pointCountsSchema.describe('Of the points at the venue asked for, whatever their state'),
  points: z.array(pointSchema),
});
export type PointListDocument = z.infer<typeof pointListSchema>;

export const pointDocument = ({ venue, source, point, device, latest, state }: PackPoint): PointDocument => ({
  venue,
  point: point.id,
  kind: point.kind,
  unit: point.unit,
  source,
  device: device?.id ?? null,
  profile: device?.profile ?? null,
  interval_s: point.interval_s,
  last_seen_ms: latest?.ts ?? null,
  value: latest?.value ?? null,
  ...(latest ? qualityDocument(latest.quality) : { quality: null, reasons: [] }),
  state,
});
