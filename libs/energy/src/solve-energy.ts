import { formatFault } from '#libs/kernel';
import type { LinearOutcome, LinearSolver } from '#libs/lp';
import { checkEnergyProblem } from './check-problem.js';
import { buildEnergyModel, type BuiltEnergyModel } from './model/build-model.js';
import type { EnergyPlan } from './plan.js';
import { assemblePlan, withoutPlan } from './plan/assemble-plan.js';
import { listCircling, readValues } from './plan/read-values.js';
import type { EnergyProblem } from './problem.js';
import { listShadowPrices } from './solve/shadow-prices.js';
import { solveByTiers, type TierOptions } from './solve/solve-tiers.js';

export type EnergyOptions = TierOptions;

/** How a plan came to be. Objective and bound are null for a plan without a solution; where limits are broken and time was too short to solve tier by tier, they include prices of those. */
export interface EnergySolve {
  readonly status: 'optimal' | 'feasible' | 'timed_out' | 'infeasible';
  readonly objective: number | null;
  readonly bound: number | null;
  readonly gap: number | null;
  readonly solveMs: number;
  /** Why there is no solution, in a sentence; null when there is one. */
  readonly failure: string | null;
}

/**
 * Plans stores, units, supplies, tasks and shedding of all sites. There is always a plan: when the solver has no answer it is `withoutPlan`, and `solve.failure` says why.
 * Throws on a problem that `checkEnergyProblem` refuses.
 */
export const solveEnergy = async (
  problem: EnergyProblem,
  options: EnergyOptions,
): Promise<{ readonly plan: EnergyPlan; readonly solve: EnergySolve }> => {
  const faults = checkEnergyProblem(problem);
  if (faults.length > 0) {
    throw new Error(`The energy problem has ${faults.length} faults: ${faults.slice(0, 3).map(formatFault).join(' ')}`);
  }
  const { built, outcome } = await attempt(problem, options);
  if (outcome.status === 'optimal' || outcome.status === 'feasible') {
    const { status, objective, bound, gap, solveMs, values } = outcome;
    const prices = listShadowPrices(problem, built, outcome);
    return {
      plan: assemblePlan(problem, readValues(built, values), prices),
      solve: { status, objective, bound, gap, solveMs, failure: null },
    };
  }
  return {
    plan: withoutPlan(problem),
    solve: {
      status: outcome.status === 'infeasible' ? 'infeasible' : 'timed_out',
      objective: null,
      bound: null,
      gap: null,
      solveMs: outcome.solveMs,
      failure: describeFailure(options.solver, outcome, options.deadlineMs),
    },
  };
};

type Attempt = LinearOutcome | { readonly status: 'crashed'; readonly solveMs: number; readonly message: string };

interface Attempted {
  readonly built: BuiltEnergyModel;
  readonly outcome: Attempt;
}

/** Solves, and again with one direction at a time for stores that would charge and discharge at once; where there is no time for that, they do what both come to. */
const attempt = async (problem: EnergyProblem, options: EnergyOptions): Promise<Attempted> => {
  const startedAt = performance.now();
  const oneWay = new Set<string>();
  let best: Attempted | undefined;
  for (;;) {
    const spentMs = performance.now() - startedAt;
    const built = buildEnergyModel(problem, oneWay);
    const outcome = await attemptOnce(built, { ...options, deadlineMs: Math.max(1, options.deadlineMs - spentMs) });
    const solveMs = performance.now() - startedAt;
    if (outcome.status !== 'optimal' && outcome.status !== 'feasible')
      return best ?? { built, outcome: { ...outcome, solveMs } };
    const circling = listCircling(problem, built, outcome.values).filter((store) => !oneWay.has(store));
    if (circling.length === 0) return { built, outcome: { ...outcome, solveMs } };
    best ??= { built, outcome: { ...outcome, status: 'feasible', solveMs } };
    for (const store of circling) oneWay.add(store);
  }
};

/** A solver that breaks down costs the optimum, not the plan. */
const attemptOnce = async (built: BuiltEnergyModel, options: EnergyOptions): Promise<Attempt> => {
  try {
    return await solveByTiers(built, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'crashed', solveMs: 0, message };
  }
};

const describeFailure = (solver: LinearSolver, outcome: Attempt, deadlineMs: number): string => {
  switch (outcome.status) {
    case 'crashed':
      return `${solver.name} failed: ${outcome.message}`;
    case 'infeasible':
      return `${solver.name} found no solution; in conflict: ${outcome.conflict.join(', ') || 'unknown'}.`;
    case 'unbounded':
      return `${solver.name} found no least cost.`;
    default:
      return `${solver.name} had no answer after ${deadlineMs} ms.`;
  }
};
