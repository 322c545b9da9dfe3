import type { Plan, PlanEvent } from '#libs/planning';
import type { PlanEntity } from '../schema/entities/plan.js';
import type { PlanEventEntity } from '../schema/entities/plan-event.js';

/** Documents go in as text, so that they are kept just as they were written. */
export const INSERT_PLAN = `
  insert into plan (id, kind, seq, state, created, valid_until, provenance, problem, content)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

export const planValues = (plan: Plan): unknown[] => [
  plan.id,
  plan.kind,
  plan.seq,
  plan.state,
  new Date(plan.created),
  new Date(plan.valid_until),
  JSON.stringify(plan.provenance),
  JSON.stringify(plan.problem),
  JSON.stringify(plan.content),
];

export const toPlanSummary = (row: Omit<PlanEntity, 'problem' | 'content'>): Omit<Plan, 'problem' | 'content'> => ({
  id: row.id,
  kind: row.kind,
  seq: row.seq,
  state: row.state,
  created: row.created,
  valid_until: row.validUntil,
  provenance: row.provenance,
});

export const toPlan = (row: PlanEntity): Plan => ({
  ...toPlanSummary(row),
  problem: row.problem,
  content: row.content,
});

export const toPlanEvent = (row: PlanEventEntity): PlanEvent => ({
  plan: row.plan,
  at: row.at,
  state: row.state,
  by: row.by,
  reason: row.reason,
});
