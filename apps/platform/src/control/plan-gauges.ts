import type { EpochMs } from '#libs/kernel';
import type { Metrics } from '#libs/observability';
import { type Plan, planAgeSeconds, type PlanKind } from '#libs/planning';

/** A plan without a proven bound has no gap: the one of an earlier plan is not shown for it. */
export const reportGap = (metrics: Pick<Metrics, 'solveGap'>, kind: PlanKind, gap: number | null): void => {
  if (gap === null) metrics.solveGap.remove({ kind });
  else metrics.solveGap.set({ kind }, gap);
};

/** Ages of the active plans; a kind without one has none. */
export const reportPlanAges = (
  metrics: Pick<Metrics, 'planAge'>,
  active: readonly (Pick<Plan, 'kind' | 'created'> | undefined)[],
  now: EpochMs,
): void => {
  metrics.planAge.reset();
  for (const plan of active) if (plan) metrics.planAge.set({ kind: plan.kind }, planAgeSeconds(plan, now));
};

/** What only the process that leads can tell: gone when it leads no more, instead of standing still. */
export const forgetLeaderGauges = (
  metrics: Pick<
    Metrics,
    'planAge' | 'solveGap' | 'sitePower' | 'feederLoading' | 'lineWait' | 'stopQueue' | 'forecastError'
  >,
): void => {
  const { planAge, solveGap, sitePower, feederLoading, lineWait, stopQueue, forecastError } = metrics;
  for (const gauge of [planAge, solveGap, sitePower, feederLoading, lineWait, stopQueue, forecastError]) gauge.reset();
};
