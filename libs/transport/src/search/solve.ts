import { type Clock, seededRandom } from '#libs/kernel';
import type { LinearSolver } from '#libs/lp';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { compileProblem } from './compile.js';
import { readPlan } from './read-plan.js';
import { DispatchSearch, type FoundBy } from './search.js';

export interface DispatchOptions {
  /** For the relaxation, in its worker beside the search. Absent: no bound. */
  readonly solver?: LinearSolver;
  /** Wall clock, for the deadline. */
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly seed: number;
  /** Marginal costs of strands that may be computed: a measure in place of the deadline, for runs that must repeat. */
  readonly effort?: number;
  readonly onProgress?: (point: CurvePoint) => void;
  /** Ends the search; the plan is the best so far. */
  readonly signal?: AbortSignal;
}

/** The best cost known after so many ms. */
export interface CurvePoint {
  readonly ms: number;
  readonly cost: number;
  readonly found_by: FoundBy;
}

/** How a plan was found. */
export interface DispatchSummary {
  /** `timed_out`: a plan is there, a bound is not. */
  readonly status: 'optimal' | 'feasible' | 'timed_out';
  readonly objective: number;
  readonly bound: number | null;
  readonly gap_ratio: number | null;
  /** When the first plan that does anything was at hand. */
  readonly first_plan_ms: number;
  readonly solve_ms: number;
  readonly found_by: FoundBy;
  /** Each better plan that was found; the last one is the plan. */
  readonly curve: readonly CurvePoint[];
}

export interface DispatchSolution {
  readonly plan: DispatchPlan;
  readonly summary: DispatchSummary;
}

/** Between two turns of the event loop. */
const TURN_MS = 10;

/**
 * The best plan found within the deadline, or within the effort: then the same seed gives the same plan. The event loop gets a turn every few milliseconds.
 */
export const solveDispatch = async (problem: DispatchProblem, options: DispatchOptions): Promise<DispatchSolution> => {
  const { clock, deadlineMs, seed, effort, signal } = options;
  const started = clock.now();
  const elapsed = (): number => clock.now() - started;
  const compiled = compileProblem(problem);
  const search = new DispatchSearch(compiled, seededRandom(seed));
  const curve: CurvePoint[] = [];
  const note = (): void => {
    if (curve.at(-1)?.cost === search.best.cost) return;
    const point = { ms: elapsed(), cost: search.best.cost, found_by: search.foundBy };
    curve.push(point);
    options.onProgress?.(point);
  };
  // Reading the plan takes a while too.
  const searchMs = deadlineMs - READ_SHARE * elapsed();
  const isOver = (): boolean =>
    signal?.aborted === true || (effort === undefined ? elapsed() >= searchMs : search.effort >= effort);
  let turn = elapsed();
  for (const _step of search.run()) {
    note();
    if (isOver()) break;
    if (elapsed() - turn >= TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      turn = elapsed();
    }
  }
  search.finish();
  note();
  const plan = readPlan(compiled, search.best);
  return {
    plan,
    summary: {
      status: 'timed_out',
      objective: plan.cost.total,
      bound: null,
      gap_ratio: null,
      first_plan_ms: curve.find(({ found_by }) => found_by !== 'idle')?.ms ?? elapsed(),
      solve_ms: elapsed(),
      found_by: search.foundBy,
      curve,
    },
  };
};

/** Reading a plan takes at most this many times as long as compiling the problem. */
const READ_SHARE = 2;
