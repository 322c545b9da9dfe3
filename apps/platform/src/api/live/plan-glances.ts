import type { EpochMs } from '#libs/kernel';
import { planAgeSeconds, type Plan } from '#libs/planning';

import type { PlanGlance } from './overview.schema.js';
import type { KindPicture, StoredDispatchPlan, StoredEnergyPlan } from './picture.js';

const glance = (
  { plan, proposed, hold }: KindPicture<Plan>,
  now: EpochMs,
  outcome: Pick<PlanGlance, 'cost' | 'violations'>,
): PlanGlance | null => {
  if (!plan) return null;
  const { id, seq, state, created, valid_until, provenance } = plan;
  return {
    id,
    seq,
    state,
    created_ms: created,
    valid_until_ms: valid_until,
    age_seconds: planAgeSeconds(plan, now),
    solver: provenance.solver,
    solver_status: provenance.solver_status,
    gap_ratio: provenance.gap_ratio,
    solve_ms: provenance.solve_ms,
    ...outcome,
    proposed: proposed ? { id: proposed.id, seq: proposed.seq, created_ms: proposed.created } : null,
    hold: hold ?? null,
  };
};

export const energyGlance = (picture: KindPicture<StoredEnergyPlan>, now: EpochMs): PlanGlance | null => {
  if (!picture.plan) return null;
  const { problem, content } = picture.plan;
  const { total, without_plan } = content.cost;
  return glance(picture, now, {
    cost: { total, without_plan, currency: problem.currency },
    violations: content.violations.length,
  });
};

export const dispatchGlance = (picture: KindPicture<StoredDispatchPlan>, now: EpochMs): PlanGlance | null => {
  if (!picture.plan) return null;
  const { problem, content } = picture.plan;
  const { total, timetable } = content.cost;
  return glance(picture, now, { cost: { total, without_plan: timetable, currency: problem.currency }, violations: 0 });
};
