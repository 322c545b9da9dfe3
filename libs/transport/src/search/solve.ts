import { type Clock, seededRandom } from '#libs/kernel';
import type { LinearSolver } from '#libs/lp';
import type { Block, DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { ColumnSearch, hasVehiclesToSpare, isForColumns } from '../columns/column-search.js';
import { relaxDispatch } from '../model/relax-dispatch.js';
import { type CompiledProblem, compileProblem } from './compile.js';
import { readPlan } from './read-plan.js';
import { DispatchSearch, type FoundBy } from './search.js';

export interface DispatchOptions {
  /** For columns or the relaxation, in its worker beside the search. Absent: no bound. */
  readonly solver?: LinearSolver;
  /** Wall clock, for the deadline. */
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly seed: number;
  /** Marginal costs of strands that may be computed after the first plan: a measure in place of the deadline, for runs that must repeat. */
  readonly effort?: number;
  /** What vehicles may do at first; limits that it breaks are kept. */
  readonly start?: readonly Block[];
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
const TURN_MS = 3;
/** Reading a plan takes at most this many times as long as compiling the problem. */
const READ_SHARE = 2;
/** Share of the deadline that the relaxation has: what comes later would not be heard. */
const RELAX_SHARE = 0.95;
/** With less time nothing goes on beside the search: to begin it would take too much of it. */
const BESIDE_FROM_MS = 300;
/** Share of the time that the first descent may take: on a machine that is slower, columns would come too late. */
const DESCENT_SHARE = 0.12;
/** Share of the time after which columns are begun with. */
const SETTLE_SHARE = 0.15;
/** A gap at which a plan counts as optimal. */
const OPTIMAL_GAP = 1e-4;

/**
 * The best plan found within the deadline, with a proven bound where there was time for one; or within an effort: then the same seed gives the same plan,
 * and there is no bound. There always is a plan. The event loop gets a turn every few milliseconds.
 */
export const solveDispatch = async (problem: DispatchProblem, options: DispatchOptions): Promise<DispatchSolution> => {
  const { clock, deadlineMs, seed, effort, signal } = options;
  const started = clock.now();
  const elapsed = (): number => clock.now() - started;
  const compiled = compileProblem(problem);
  const search = new DispatchSearch(compiled, seededRandom(seed));
  const searchMs = deadlineMs - READ_SHARE * elapsed();
  const curve: CurvePoint[] = [];
  const note = (): void => {
    if (curve.at(-1)?.cost === search.best.cost) return;
    const point = { ms: elapsed(), cost: search.best.cost, found_by: search.foundBy };
    curve.push(point);
    options.onProgress?.(point);
  };
  const isOver = (): boolean =>
    signal?.aborted === true || (effort === undefined ? elapsed() >= searchMs : (search.effort ?? -1) >= effort);
  let beside: Beside | undefined;
  let turn = elapsed();
  for (const steps = search.run(options.start); !isOver() && steps.next().done !== true;) {
    note();
    if (options.solver && effort === undefined && deadlineMs >= BESIDE_FROM_MS)
      beside ??= startBeside(compiled, search, { ...options, solver: options.solver, elapsed, searchMs });
    if (elapsed() - turn < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    turn = elapsed();
  }
  search.finish();
  note();
  const bound = (await beside?.end()) ?? null;
  const plan = readPlan(compiled, search.best);
  const objective = plan.cost.total;
  const gap = bound === null ? null : Math.max(0, objective - bound) / Math.max(1e-9, Math.abs(objective));
  return {
    plan,
    summary: {
      status: gap === null ? 'timed_out' : gap <= OPTIMAL_GAP ? 'optimal' : 'feasible',
      objective,
      bound,
      gap_ratio: gap,
      first_plan_ms: curve.find(({ found_by }) => found_by !== 'idle')?.ms ?? elapsed(),
      solve_ms: elapsed(),
      found_by: search.foundBy,
      curve,
    },
  };
};

/** What works for the search in the solver's worker. */
interface Beside {
  /** Ends it, if it has not ended. The best proven bound so far. */
  end(): Promise<number | null>;
}

interface BesideOptions extends DispatchOptions {
  readonly solver: LinearSolver;
  readonly elapsed: () => number;
  readonly searchMs: number;
}

/** Columns where all strands can be planned at once in the time, else the relaxation. Undefined while it is too early for it. */
const startBeside = (compiled: CompiledProblem, search: DispatchSearch, options: BesideOptions): Beside | undefined => {
  const { solver, elapsed, searchMs, signal } = options;
  // To build a model takes a while: a plan comes first.
  if (search.foundBy === 'idle') return undefined;
  const relax = (): Beside => new RunningRelaxation(compiled.problem, options);
  if (!isForColumns(compiled)) return relax();
  const at = elapsed();
  if (!search.isDescended) return at > DESCENT_SHARE * searchMs ? relax() : undefined;
  // What stays as it is while columns are chosen should have settled.
  if (at < SETTLE_SHARE * searchMs) return undefined;
  return hasVehiclesToSpare(search.schedule)
    ? new ColumnSearch(search, compiled, { solver, now: elapsed, endsAt: searchMs, ...(signal ? { signal } : {}) })
    : relax();
};

/** The relaxation, solved in the solver's worker while the search goes on here. */
class RunningRelaxation implements Beside {
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #bound: number | null = null;

  constructor(problem: DispatchProblem, { solver, deadlineMs, elapsed }: BesideOptions) {
    this.#done = relaxDispatch(problem, solver, {
      deadlineMs: RELAX_SHARE * deadlineMs - elapsed(),
      now: elapsed,
      signal: this.#stop.signal,
      onBound: (bound) => {
        this.#bound = bound;
      },
    }).then(({ bound }) => {
      this.#bound = bound;
    });
  }

  async end(): Promise<number | null> {
    this.#stop.abort();
    await this.#done;
    return this.#bound !== null && Number.isFinite(this.#bound) ? this.#bound : null;
  }
}
