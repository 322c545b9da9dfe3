import { formatFault } from '#libs/kernel';
import type { LinearOutcome, LinearSolver, LinearValues } from '#libs/lp';
import { checkEnergyProblem } from './check-problem.js';
import { buildEnergyModel, type BuiltEnergyModel } from './model/build-model.js';
import type { EnergyPlan } from './plan.js';
import { assemblePlan, transformerLoads, withoutPlan } from './plan/assemble-plan.js';
import { readShortages, readValues } from './plan/read-values.js';
import type { EnergyProblem } from './problem.js';
import { listShadowPrices } from './solve/shadow-prices.js';
import { coolerCaps, type LoadCaps } from './transformer/overload.js';
import { solveByTiers, type TierOptions } from './solve/solve-tiers.js';

export type EnergyOptions = TierOptions;

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
export const solveEnergy = async (problem: EnergyProblem, options: EnergyOptions): Promise<Solved> => {
  const faults = checkEnergyProblem(problem);
  if (faults.length > 0) {
    throw new Error(`The energy problem has ${faults.length} faults: ${faults.slice(0, 3).map(formatFault).join(' ')}`);
  }
  const endsAt = performance.now() + options.deadlineMs;
  let caps: LoadCaps = new Map();
  let best: Solved | undefined;
  let outcome: Attempt;
  for (let times = 0; ; times += 1) {
    const built = buildEnergyModel(problem, caps);
    outcome = await attempt(built, { ...options, deadlineMs: Math.max(1, endsAt - performance.now()) });
    if (outcome.status !== 'optimal' && outcome.status !== 'feasible') break;
    best = readSolved(problem, built, outcome, caps);
    // What makes a transformer too hot is known when its load is: a few rounds settle it.
    const cooler = times < MOST_COOLED ? coolerCaps(problem, transformerLoads(problem, best.plan), caps) : undefined;
    if (!cooler) break;
    caps = cooler;
  }
  if (best) return best;
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

/** Rounds of lower caps for transformers that would become too hot. */
const MOST_COOLED = 4;

interface Solved {
  readonly plan: EnergyPlan;
  readonly solve: EnergySolve;
}

const readSolved = (
  problem: EnergyProblem,
  built: BuiltEnergyModel,
  {
    status,
    objective,
    bound,
    gap,
    solveMs,
    values,
    duals,
  }: LinearValues & { readonly status: 'optimal' | 'feasible'; readonly solveMs: number },
  caps: LoadCaps,
): Solved => ({
  plan: assemblePlan(problem, readValues(built, values), {
    shadowPrices: duals ? listShadowPrices(problem, built, duals) : [],
    shortages: readShortages(built, values),
    caps,
  }),
  solve: { status, objective, bound, gap, solveMs, failure: null },
});

type Attempt = LinearOutcome | { readonly status: 'crashed'; readonly solveMs: number; readonly message: string };

/** A solver that breaks down costs the optimum, not the plan. */
const attempt = async (built: BuiltEnergyModel, options: EnergyOptions): Promise<Attempt> => {
  const startedAt = performance.now();
  try {
    return await solveByTiers(built, options);
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
