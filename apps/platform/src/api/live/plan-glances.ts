import type { EpochMs } from '#libs/kernel';
import { planAgeSeconds, type Plan } from '#libs/planning';

import type { PlanGlance } from './overview.schema.js';
import type { KindPicture, StoredDispatchPlan, StoredEnergyPlan } from './picture.js';

type Outcome = Pick<PlanGlance, 'cost' | 'violations'>;

const glance = <P extends Plan>(
  { plan, proposed, hold }: KindPicture<P>,
  now: EpochMs,
  outcomeOf: (plan: P) => Outcome,
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
    ...outcomeOf(plan),
    proposed: proposed
      ? {
          id: proposed.id,
          seq: proposed.seq,
          created_ms: proposed.created,
          valid_until_ms: proposed.valid_until,
          ...outcomeOf(proposed),
        }
      : null,
    hold: hold ?? null,
  };
};

const energyOutcome = ({ problem, content }: StoredEnergyPlan): Outcome => ({
  cost: { total: content.cost.total, without_plan: content.cost.without_plan, currency: problem.currency },
  violations: content.violations.length,
});

const dispatchOutcome = ({ problem, content }: StoredDispatchPlan): Outcome => ({
  cost: { total: content.cost.total, without_plan: content.timetable_cost, currency: problem.currency },
  violations: 0,
});

export const energyGlance = (picture: KindPicture<StoredEnergyPlan>, now: EpochMs): PlanGlance | null =>
  glance(picture, now, energyOutcome);

export const dispatchGlance = (picture: KindPicture<StoredDispatchPlan>, now: EpochMs): PlanGlance | null =>
  glance(picture, now, dispatchOutcome);
