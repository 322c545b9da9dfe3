import { formatFault } from '#libs/kernel';
import type { LinearOutcome, LinearSolver, LinearValues } from '#libs/lp';
import { checkEnergyProblem } from './check-problem.js';
import { buildEnergyModel, type BuiltEnergyModel } from './model/build-model.js';
import type { EnergyPlan, FlowPlan } from './plan.js';
import { assembleFlows, assemblePlan, transformerLoads, withoutPlan } from './plan/assemble-plan.js';
import { withLeast } from './plan/relief.js';
import { listCircling, readValues } from './plan/read-values.js';
import type { EnergyProblem } from './problem.js';
import { findLeastRaises } from './solve/least-raise.js';
import { findLessBehind } from './solve/less-behind.js';
import { listShadowPrices } from './solve/shadow-prices.js';
import { solveByTiers, type TierOptions } from './solve/solve-tiers.js';
import { joinFlows, joinPlans, splitProblem } from './solve/split-problem.js';
import { type EnergyVertex, movePower, moveVertex, powerOf } from './solve/vertex.js';
import { coolerCaps, type LoadCaps } from './transformer/overload.js';

export interface EnergyOptions extends TierOptions {
  /** Of an earlier plan of the same sites, as `Solved.vertex` gave it: a linear plan is sooner from there. */
  readonly from?: EnergyVertices | undefined;
}

/** By the first site of each part of the problem. */
export type EnergyVertices = ReadonlyMap<string, EnergyVertex>;

/** How a plan came to be. Objective and bound are null for a plan without a solution; where limits are broken and time was too short to solve tier by tier, they include prices of those. */
export interface EnergySolve {
  readonly status: 'optimal' | 'feasible' | 'timed_out' | 'infeasible';
  readonly objective: number | null;
  readonly bound: number | null;
  readonly gap: number | null;
  /** From the problem to linear models. */
  readonly buildMs: number;
  readonly solveMs: number;
  /** Of it, what the solver itself ran. */
  readonly runMs: number;
  /** From the solver's values to the plan. */
  readonly readMs: number;
  /** Why there is no solution, in a sentence; null when there is one. */
  readonly failure: string | null;
}

/**
 * Plans stores, units, supplies, tasks and shedding of all sites. There is always a plan: when the solver has no answer it is `withoutPlan`, and `solve.failure` says why.
 * Throws on a problem that `checkEnergyProblem` refuses.
 */
export const solveEnergy = (problem: EnergyProblem, options: EnergyOptions): Promise<Solved<EnergyPlan>> =>
  solveParts(problem, options, IN_FULL);

/** The same decisions, for one who carries them out and asks no more: half the work beside the solver's own. */
export const solveFlows = (problem: EnergyProblem, options: EnergyOptions): Promise<Solved<FlowPlan>> =>
  solveParts(problem, options, FLOWS);

const solveParts = async <Plan>(
  problem: EnergyProblem,
  options: EnergyOptions,
  reading: Reading<Plan>,
): Promise<Solved<Plan>> => {
  const startedAt = performance.now();
  const faults = checkEnergyProblem(problem);
  if (faults.length > 0) {
    throw new Error(`The energy problem has ${faults.length} faults: ${faults.slice(0, 3).map(formatFault).join(' ')}`);
  }
  const checkMs = performance.now() - startedAt;
  // The smallest first: what it leaves of its time the others have.
  const parts = splitProblem(problem).toSorted((a, b) => a.sites.length - b.sites.length);
  const isSplit = parts.length > 1;
  const solved: Solved<Plan>[] = [];
  for (const [at, part] of parts.entries()) {
    const from = options.from?.get(nameOf(part));
    const waiting = parts.slice(at).reduce((sum, { sites }) => sum + sites.length, 0);
    const leftMs = options.deadlineMs - (performance.now() - startedAt);
    const deadlineMs = Math.max(1, (leftMs * part.sites.length) / waiting);
    const own = isSplit ? { ...options, deadlineMs, isPart: true } : options;
    solved.push(await solvePart(part, own, from, reading));
  }
  const [only] = solved;
  const plan =
    !isSplit && only
      ? only.plan
      : reading.joined(
          problem,
          solved.map((one) => one.plan),
        );
  const { buildMs, ...solve } = joinSolves(solved.map((one) => one.solve));
  const vertices = new Map(solved.flatMap(({ vertex }) => [...(vertex ?? [])]));
  return { plan, solve: { ...solve, buildMs: checkMs + buildMs }, ...(vertices.size > 0 && { vertex: vertices }) };
};

const nameOf = ({ sites }: EnergyProblem): string => sites[0]?.site ?? '';

/** From the worst to the best. */
const STATUSES = ['infeasible', 'timed_out', 'feasible', 'optimal'] as const;

/** How all parts came to be: sums, and the worst status. */
const joinSolves = (solves: readonly EnergySolve[]): EnergySolve => {
  const sumOf = (value: (solve: EnergySolve) => number): number => solves.reduce((sum, one) => sum + value(one), 0);
  const isSolved = solves.every(({ objective }) => objective !== null);
  const objective = isSolved ? sumOf((one) => one.objective ?? 0) : null;
  const bound = isSolved ? sumOf((one) => one.bound ?? 0) : null;
  const [only] = solves;
  const gap = objective === null || bound === null ? null : (objective - bound) / Math.max(1e-9, Math.abs(objective));
  return {
    status: STATUSES.find((status) => solves.some((one) => one.status === status)) ?? 'optimal',
    objective,
    bound,
    gap: solves.length === 1 && only ? only.gap : gap,
    buildMs: sumOf((one) => one.buildMs),
    solveMs: sumOf((one) => one.solveMs),
    runMs: sumOf((one) => one.runMs),
    readMs: sumOf((one) => one.readMs),
    failure: solves.find(({ failure }) => failure !== null)?.failure ?? null,
  };
};

const solvePart = async <Plan>(
  problem: EnergyProblem,
  options: TierOptions,
  from: EnergyVertex | undefined,
  reading: Reading<Plan>,
): Promise<Solved<Plan>> => {
  const startedAt = performance.now();
  const { built, outcome, buildMs } = await attempt(problem, options, from);
  const readAt = performance.now();
  const times = (runMs: number) => ({
    buildMs,
    solveMs: readAt - startedAt - buildMs,
    runMs,
    readMs: performance.now() - readAt,
  });
  if (outcome.status === 'optimal' || outcome.status === 'feasible') {
    const { status, objective, bound, gap, runMs, basis, values } = outcome;
    const plan = await reading.solved(problem, built, outcome, options, startedAt);
    return {
      plan,
      solve: { status, objective, bound, gap, ...times(runMs), failure: null },
      ...(basis && {
        vertex: new Map([
          [nameOf(problem), { grid: problem.grid, names: built.names, basis, power: powerOf(problem, built, values) }],
        ]),
      }),
    };
  }
  return {
    plan: reading.unsolved(problem),
    solve: {
      status: outcome.status === 'infeasible' ? 'infeasible' : 'timed_out',
      objective: null,
      bound: null,
      gap: null,
      ...times(0),
      failure: describeFailure(options.solver, outcome, options.deadlineMs),
    },
  };
};

/** What is read of a solved part. */
interface Reading<Plan> {
  readonly solved: (
    problem: EnergyProblem,
    built: BuiltEnergyModel,
    outcome: LinearValues & { readonly status: 'optimal' | 'feasible' },
    options: TierOptions,
    startedAt: number,
  ) => Plan | Promise<Plan>;
  readonly unsolved: (problem: EnergyProblem) => Plan;
  readonly joined: (problem: EnergyProblem, parts: readonly Plan[]) => Plan;
}

const FLOWS: Reading<FlowPlan> = {
  solved: (problem, built, { values }) => assembleFlows(problem, readValues(built, values)),
  unsolved: withoutPlan,
  joined: joinFlows,
};

const IN_FULL: Reading<EnergyPlan> = {
  solved: (problem, built, outcome, options, startedAt) => {
    const { status, values } = outcome;
    const plan = assemblePlan(problem, readValues(built, values), listShadowPrices(problem, built, outcome));
    return status === 'optimal' ? withReliefs(problem, built, values, plan, options, startedAt) : plan;
  },
  unsolved: withoutPlan,
  joined: joinPlans,
};

/** What would clear broken limits may take so long, or as long as the plan took. */
const LEAST_RELIEF_MS = 1_000;

/** In the time that is left. */
const withReliefs = async (
  problem: EnergyProblem,
  built: BuiltEnergyModel,
  values: Float64Array,
  plan: EnergyPlan,
  options: TierOptions,
  startedAt: number,
): Promise<EnergyPlan> => {
  const planMs = performance.now() - startedAt;
  const deadlineMs = Math.min(options.deadlineMs - planMs, Math.max(LEAST_RELIEF_MS, planMs));
  try {
    const endsAt = performance.now() + deadlineMs;
    const least = await findLeastRaises(built, values, problem, plan, { ...options, deadlineMs });
    const less = await findLessBehind(problem, plan, async (changed) => {
      const leftMs = endsAt - performance.now();
      if (leftMs <= 0) return undefined;
      const again = await attempt(changed, { ...options, deadlineMs: leftMs }, undefined);
      if (again.outcome.status !== 'optimal') return undefined;
      return assembleFlows(changed, readValues(again.built, again.outcome.values)).violations;
    });
    const each = plan.violations.map((_, at) => least[at] ?? less[at]);
    return { ...plan, violations: withLeast(problem, plan.violations, each) };
  } catch {
    // A solver that breaks down here costs the answer to this question alone.
    return plan;
  }
};

/** Rounds of lower caps for transformers that would become too hot. */
const MOST_COOLED = 4;
/** Rounds in which stores are held to one direction where they circle; what circles elsewhere after them is held to it throughout. */
const MOST_TURNED = 3;

interface Solved<Plan> {
  readonly plan: Plan;
  readonly solve: EnergySolve;
  /** Where the next plan may begin. */
  readonly vertex?: EnergyVertices;
}

type Attempt = LinearOutcome | { readonly status: 'crashed'; readonly message: string };

interface Attempted {
  readonly built: BuiltEnergyModel;
  readonly outcome: Attempt;
  readonly buildMs: number;
}

/**
 * Solves, and again with one direction at a time for stores where they would charge and discharge at once, and with lower caps for transformers that would become too hot: both are known only when a
 * solution is. Where there is no time for that, the last solution stands.
 */
const attempt = async (
  problem: EnergyProblem,
  options: TierOptions,
  from: EnergyVertex | undefined,
): Promise<Attempted> => {
  const startedAt = performance.now();
  const oneWay = new Map<string, Set<number>>();
  let caps: LoadCaps = new Map();
  let best: Attempted | undefined;
  let [buildMs, runMs, turned] = [0, 0, 0];
  const slots = Array.from({ length: problem.grid.count }, (_, slot) => slot);
  const before = from && { before: movePower(from, problem.grid) };
  for (let cooled = 0; ;) {
    const buildAt = performance.now();
    const built = buildEnergyModel(problem, { caps, oneWay, holdsEarly: options.isPart ?? false, ...before });
    const start = from ? moveVertex(from, built, problem.grid) : built.start;
    buildMs += performance.now() - buildAt;
    const deadlineMs = Math.max(1, options.deadlineMs - (performance.now() - startedAt));
    const outcome = await attemptOnce({ ...built, start }, { ...options, deadlineMs });
    if (outcome.status !== 'optimal' && outcome.status !== 'feasible')
      return best ? { ...best, buildMs } : { built, outcome, buildMs };
    runMs += outcome.runMs;
    const circled = holdCircling(
      listCircling(problem, built, outcome.values),
      oneWay,
      turned < MOST_TURNED ? [] : slots,
    );
    if (circled) turned += 1;
    const cooler = cooled < MOST_COOLED ? findCooler(problem, built, outcome.values, caps) : undefined;
    if (!circled && !cooler) return { built, outcome: { ...outcome, runMs }, buildMs };
    best = { built, outcome: { ...outcome, status: 'feasible', runMs }, buildMs };
    if (!cooler) continue;
    caps = cooler;
    cooled += 1;
  }
};

/** Adds slots in which stores circle that are not held yet, and those given. Returns whether there are any. */
const holdCircling = (
  circling: ReadonlyMap<string, readonly number[]>,
  oneWay: Map<string, Set<number>>,
  more: readonly number[],
): boolean => {
  let isCircling = false;
  for (const [store, slots] of circling) {
    const held = oneWay.get(store) ?? new Set();
    if (slots.every((slot) => held.has(slot))) continue;
    isCircling = true;
    oneWay.set(store, new Set([...held, ...slots, ...more]));
  }
  return isCircling;
};

/** Lower caps where a solution makes a transformer too hot. */
const findCooler = (
  problem: EnergyProblem,
  built: BuiltEnergyModel,
  values: Float64Array,
  caps: LoadCaps,
): LoadCaps | undefined => {
  if (problem.feeders.every(({ transformer }) => !transformer)) return undefined;
  return coolerCaps(problem, transformerLoads(problem, assembleFlows(problem, readValues(built, values))), caps);
};

/** A solver that breaks down costs the optimum, not the plan. */
const attemptOnce = async (built: BuiltEnergyModel, options: TierOptions): Promise<Attempt> => {
  try {
    return await solveByTiers(built, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'crashed', message };
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
