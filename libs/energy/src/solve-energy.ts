import { formatFault } from '#libs/kernel';
import type { LinearOutcome, LinearSolver } from '#libs/lp';
import { checkEnergyProblem } from './check-problem.js';
import { buildEnergyModel, type BuiltEnergyModel } from './model/build-model.js';
import type { EnergyPlan } from './plan.js';
import { assemblePlan, transformerLoads, withoutPlan } from './plan/assemble-plan.js';
import { listCircling, readShortages, readValues } from './plan/read-values.js';
import type { EnergyProblem } from './problem.js';
import { listShadowPrices } from './solve/shadow-prices.js';
import { coolerCaps, type LoadCaps } from './transformer/overload.js';
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
export const solveEnergy = async (problem: EnergyProblem, options: EnergyOptions): Promise<Solved> => {
  const faults = checkEnergyProblem(problem);
  if (faults.length > 0) {
    throw new Error(`The energy problem has ${faults.length} faults: ${faults.slice(0, 3).map(formatFault).join(' ')}`);
  }
  const { built, outcome, caps } = await attempt(problem, options);
  if (outcome.status === 'optimal' || outcome.status === 'feasible') {
    const { status, objective, bound, gap, solveMs, values } = outcome;
    return {
      plan: assemblePlan(problem, readValues(built, values), {
        shadowPrices: listShadowPrices(problem, built, outcome),
        shortages: readShortages(built, values),
        caps,
      }),
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

/** Rounds of lower caps for transformers that would become too hot. */
const MOST_COOLED = 4;

interface Solved {
  readonly plan: EnergyPlan;
  readonly solve: EnergySolve;
}

type Attempt = LinearOutcome | { readonly status: 'crashed'; readonly solveMs: number; readonly message: string };

interface Attempted {
  readonly built: BuiltEnergyModel;
  readonly outcome: Attempt;
  readonly caps: LoadCaps;
}

/**
 * Solves, and again with one direction at a time for stores that would charge and discharge at once, and with lower caps for transformers that would become too hot: both are known only when a
 * solution is. Where there is no time for that, the last solution stands.
 */
const attempt = async (problem: EnergyProblem, options: EnergyOptions): Promise<Attempted> => {
  const startedAt = performance.now();
  const oneWay = new Set<string>();
  let caps: LoadCaps = new Map();
  let best: Attempted | undefined;
  for (let cooled = 0; ;) {
    const spentMs = performance.now() - startedAt;
    const built = buildEnergyModel(problem, { caps, oneWay });
    const outcome = await attemptOnce(built, { ...options, deadlineMs: Math.max(1, options.deadlineMs - spentMs) });
    const solveMs = performance.now() - startedAt;
    if (outcome.status !== 'optimal' && outcome.status !== 'feasible')
      return best ?? { built, outcome: { ...outcome, solveMs }, caps };
    const circling = listCircling(problem, built, outcome.values).filter((store) => !oneWay.has(store));
    for (const store of circling) oneWay.add(store);
    const cooler = cooled < MOST_COOLED ? findCooler(problem, built, outcome.values, caps) : undefined;
    if (circling.length === 0 && !cooler) return { built, outcome: { ...outcome, solveMs }, caps };
    best = { built, outcome: { ...outcome, status: 'feasible', solveMs }, caps };
    if (!cooler) continue;
    caps = cooler;
    cooled += 1;
  }
};

/** Lower caps where a solution makes a transformer too hot. */
const findCooler = (
  problem: EnergyProblem,
  built: BuiltEnergyModel,
  values: Float64Array,
  caps: LoadCaps,
): LoadCaps | undefined => {
  if (problem.feeders.every(({ transformer }) => !transformer)) return undefined;
  return coolerCaps(problem, transformerLoads(problem, assemblePlan(problem, readValues(built, values))), caps);
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
