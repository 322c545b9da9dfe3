import { z } from 'zod';
import { planAgeSeconds, type PlanEvent } from '#libs/planning';
import type { CommandOutcome } from '#libs/store';
import type { EpochMs } from '#libs/kernel';

import type { PlanHead } from '../live/picture.js';
import { personSchema, reasonSchema } from '../overrides/override.schema.js';

const instant = z.number().int();
export const kindSchema = z.enum(['dispatch', 'energy']);
export const stateSchema = z.enum(['proposed', 'approved', 'active', 'superseded', 'rejected', 'rolled_back']);

export const planHeadSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  seq: z.number().int(),
  state: stateSchema,
  created_ms: instant,
  valid_until_ms: instant,
  age_seconds: z.number(),
  provenance: z.object({
    forecast_run: z.string().nullable(),
    data_up_to_ms: z.number().nullable(),
    pack_version: z.string(),
    solver: z.string(),
    solver_status: z.string(),
    seed: z.number(),
    objective: z.number().nullable(),
    bound: z.number().nullable(),
    gap_ratio: z.number().nullable(),
    solve_ms: z.number(),
  }),
});
export const planListSchema = z.object({ plans: z.array(planHeadSchema) });

export const planSchema = planHeadSchema.extend({
  problem: z.unknown().describe('The whole input of the planner; null when the plan is older than 30 days'),
  content: z
    .unknown()
    .describe('The plan itself: an energy plan or a dispatch plan; null when it is older than 30 days'),
  events: z.array(z.object({ at_ms: instant, state: stateSchema, by: z.string(), reason: z.string().nullable() })),
  outcomes: z
    .array(
      z.object({
        kind: z.enum(['setpoint', 'orders']),
        target: z.string(),
        seq: z.number().int(),
        state: z.enum(['received', 'applied', 'refused', 'expired']),
        reason: z.string().nullable(),
        measured: z.number().nullable(),
        at_ms: instant,
      }),
    )
    .describe('What gateways and vehicles reported'),
});

export type PlanHeadDocument = z.infer<typeof planHeadSchema>;
export type PlanDocument = z.infer<typeof planSchema>;

export const planQuery = z.strictObject({
  kind: kindSchema.optional(),
  state: stateSchema.optional(),
  was_active: z.literal('true').optional().describe('Only plans that were in force at some time'),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'give a whole number')
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 200, 'give 1 to 200')
    .optional(),
});
export type PlanQuery = z.infer<typeof planQuery>;

export const approveRequest = z.strictObject({ by: personSchema });
export const rejectRequest = z.strictObject({ by: personSchema, reason: reasonSchema });
export const rollbackRequest = z.strictObject({
  by: personSchema,
  reason: reasonSchema,
  until_ms: instant
    .min(0)
    .optional()
    .describe('Until when new plans wait for a person; as long as the plan lasts when left out'),
});
export type ApproveRequest = z.infer<typeof approveRequest>;
export type RejectRequest = z.infer<typeof rejectRequest>;
export type RollbackRequest = z.infer<typeof rollbackRequest>;

export const planHeadDocument = (plan: PlanHead, now: EpochMs): PlanHeadDocument => ({
  id: plan.id,
  kind: plan.kind,
  seq: plan.seq,
  state: plan.state,
  created_ms: plan.created,
  valid_until_ms: plan.valid_until,
  age_seconds: planAgeSeconds(plan, now),
  provenance: { ...plan.provenance },
});

export const planEventDocuments = (events: readonly PlanEvent[]): PlanDocument['events'] =>
  events.map(({ at, state, by, reason }) => ({ at_ms: at, state, by, reason }));

export const outcomeDocuments = (outcomes: readonly CommandOutcome[]): PlanDocument['outcomes'] =>
  outcomes.map(({ kind, target, seq, state, reason, measured, at }) => ({
    kind,
    target,
    seq,
    state,
    reason,
    measured,
    at_ms: at,
  }));
