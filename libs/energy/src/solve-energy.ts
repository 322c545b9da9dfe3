import { formatFault } from '#libs/kernel';
import type { LinearModel, LinearOutcome, LinearSolver } from '#libs/lp';
import { withoutPlan } from './assemble-plan.js';
import { checkEnergyProblem } from './check-problem.js';
import { buildEnergyModel } from './model.js';
import type { EnergyPlan } from './plan.js';
import type { EnergyProblem } from './problem.js';
import { readEnergyPlan } from './read-plan.js';

export interface EnergyOptions {
  readonly solver: LinearSolver;
  /** Wall time for the solver, ms. */
  readonly deadlineMs: number;
  readonly seed: number;
}

/** How a plan came to be. Objective and bound include the prices of broken limits; they are null for a plan without a solution. */
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
 * Plans batteries and PV of all sites. There is always a plan: when the solver has no answer it is `withoutPlan`, and `solve.failure` says why.
 * Throws on a problem that `checkEnergyProblem` refuses.
 */
export const solveEnergy = async (
  problem: EnergyProblem,
  { solver, deadlineMs, seed }: EnergyOptions,
): Promise<{ readonly plan: EnergyPlan; readonly solve: EnergySolve }> => {
  const faults = checkEnergyProblem(problem);
  if (faults.length > 0) {
    throw new Error(`The energy problem has ${faults.length} faults: ${faults.slice(0, 3).map(formatFault).join(' ')}`);
  }
  const { model, index } = buildEnergyModel(problem);
  const outcome = await attempt(solver, model, deadlineMs, seed);
  if (outcome.status === 'optimal' || outcome.status === 'feasible') {
    const { status, objective, bound, gap, solveMs, values } = outcome;
    return {
      plan: readEnergyPlan(problem, index, values),
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
      failure: describeFailure(solver, outcome, deadlineMs),
    },
  };
};

type Attempt = LinearOutcome | { readonly status: 'crashed'; readonly solveMs: number; readonly message: string };

/** A solver that breaks down costs the optimum, not the plan. */
const attempt = async (
  solver: LinearSolver,
  model: LinearModel,
  deadlineMs: number,
  seed: number,
): Promise<Attempt> => {
  const startedAt = performance.now();
  try {
    return await solver.solve(model, { deadlineMs, seed });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'crashed', solveMs: performance.now() - startedAt, message };
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
