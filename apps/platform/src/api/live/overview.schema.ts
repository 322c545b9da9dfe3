import { z } from 'zod';

import { alarmSchema } from '../alarms/alarm.schema.js';
import { gatewaySchema } from '../devices/gateway.schema.js';
import { pointCountsSchema } from '../devices/point.schema.js';
import { overrideSchema } from '../overrides/override.schema.js';

const kw = z.number().nullable();
const instant = z.number().int();
const planState = z.enum(['proposed', 'approved', 'active', 'superseded', 'rejected', 'rolled_back']);

const costSchema = z.object({
  total: z.number(),
  without_plan: z.number().describe('The same with idle batteries, or under the timetable'),
  currency: z.string(),
});

/** A plan that a person is to decide on. */
const proposalGlanceSchema = z.object({
  id: z.string(),
  seq: z.number().int(),
  created_ms: instant,
  valid_until_ms: instant,
  cost: costSchema,
  violations: z.number().int(),
});

/** A kind's plan at a glance: the active one, else the newest. */
export const planGlanceSchema = z.object({
  id: z.string(),
  seq: z.number().int(),
  state: planState,
  created_ms: instant,
  valid_until_ms: instant,
  age_seconds: z.number().describe('Event time since it was made'),
  solver: z.string(),
  solver_status: z.string(),
  gap_ratio: z.number().nullable(),
  solve_ms: z.number(),
  cost: costSchema,
  violations: z.number().int(),
  proposed: proposalGlanceSchema
    .nullable()
    .describe('The newest that waits for a person; never under the automatic policy'),
  /** After a roll-back new plans wait for a person until then. */
  hold: z
    .object({ plan: z.string(), until_ms: instant, at_ms: instant, by: z.string(), reason: z.string() })
    .nullable(),
});

export const venueGlanceSchema = z.object({
  id: z.string(),
  name: z.string(),
  feeder: z.string(),
  load_kw: kw,
  pv_kw: kw,
  battery_kw: kw.describe('Positive while charging'),
  battery_soc_ratio: z.number().nullable(),
  grid_kw: kw.describe('Positive while importing'),
  import_limit_kw: z.number(),
  export_limit_kw: z.number(),
  planned_grid_kw: kw.describe('Of the active plan, now'),
  measured_ms: instant.nullable().describe('Event time of the oldest of these values'),
  connections: z.array(z.object({ id: z.string(), feeder: z.string() })).describe('All that may feed it'),
  generators: z.array(z.string()),
  switches: z.array(
    z.object({
      id: z.string(),
      connections: z.array(z.object({ id: z.string(), feeder: z.string() })),
      position: z
        .number()
        .int()
        .nullable()
        .describe('Which of its connections is closed, counted from 1; 0: none; null: not measured'),
    }),
  ),
  points: pointCountsSchema.describe('Its points by how fresh they are'),
});

export const departureGlanceSchema = z.object({
  departs_ms: instant,
  pattern: z.string().nullable(),
  vehicle: z.string().nullable().describe('Null for an added departure whose vehicle is not chosen yet'),
  source: z.enum(['plan', 'override']),
});

export const droppedDepartureSchema = z.object({ departs_ms: instant, reason: z.string() });

export const lineGlanceSchema = z.object({
  id: z.string(),
  name: z.string(),
  next_departures: z.array(departureGlanceSchema),
  dropped_departures: z.array(droppedDepartureSchema).describe('Planned or added, but no vehicle can make them'),
  queue: z.number().nullable().describe('Passengers waiting now, over all stops'),
  mean_wait_seconds: z.number().nullable(),
  unserved_passengers: z.number().nullable(),
});

export const feederGlanceSchema = z.object({
  id: z.string(),
  name: z.string(),
  load_kw: kw,
  limit_kw: z.number(),
  loading_ratio: z.number().nullable(),
});

export const sessionGlanceSchema = z.object({
  id: z.string(),
  venue: z.string(),
  name: z.string(),
  start_ms: instant,
  end_ms: instant,
  state: z
    .enum(['scheduled', 'running', 'over_time', 'ended', 'cancelled'])
    .nullable()
    .describe('As its venue said; null when nobody has'),
  expected_end_ms: instant.nullable(),
});

export const clockSchema = z.object({
  state: z.enum(['online', 'offline', 'unknown']).describe('unknown: no clock was heard; times are wall time'),
  event_ms: instant,
  wall_ms: instant,
  speed: z.number(),
});

/** The whole picture of the event, as the first page shows it. */
export const overviewSchema = z.object({
  now: instant.describe('Event time, epoch ms'),
  event: z.object({ id: z.string(), name: z.string(), time_zone: z.string(), currency: z.string() }),
  clock: clockSchema,
  readings: z.object({
    stored: z.number().int().describe('Published by gateways and committed'),
    imported: z.number().int().describe('History made before the start'),
    rejected: z.number().int(),
  }),
  importing: z
    .object({ done_ratio: z.number() })
    .nullable()
    .describe('While history is imported: until it is there, nothing is planned'),
  plans: z.object({ dispatch: planGlanceSchema.nullable(), energy: planGlanceSchema.nullable() }),
  approval: z.object({ dispatch: z.enum(['automatic', 'by_approval']), energy: z.enum(['automatic', 'by_approval']) }),
  venues: z.array(venueGlanceSchema),
  feeders: z.array(feederGlanceSchema),
  gateways: z.array(gatewaySchema),
  lines: z.array(lineGlanceSchema),
  news: z
    .array(z.object({ at_ms: instant, text: z.string() }))
    .describe('What dispatch plans of the last hour changed and why, and closed roads; newest first'),
  sessions: z.object({
    now: z.array(sessionGlanceSchema),
    next: z.array(sessionGlanceSchema).describe('At most five of the next 36 hours'),
  }),
  overrides: z.array(overrideSchema),
  alarms: z.array(alarmSchema),
});

export type Overview = z.infer<typeof overviewSchema>;
export type PlanGlance = z.infer<typeof planGlanceSchema>;
export type VenueGlance = z.infer<typeof venueGlanceSchema>;
export type DroppedDeparture = z.infer<typeof droppedDepartureSchema>;
export type LineGlance = z.infer<typeof lineGlanceSchema>;
export type FeederGlance = z.infer<typeof feederGlanceSchema>;
export type DepartureGlance = z.infer<typeof departureGlanceSchema>;
