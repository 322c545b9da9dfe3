import { type Clock, seededRandom } from '#libs/kernel';
import type { LinearOutcome, LinearSolver } from '#libs/lp';
import type { DispatchPlan } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import { changeCost } from './change-cost.js';
import { evaluateDepartures } from './evaluate.js';
import { cumulative, type DepartureCounts, followTargets } from './fleet.js';
import { improveDepartures, type SearchLimits } from './improve.js';
import { keepsWords } from './limits.js';
import { buildDispatchModel, readDepartures, readTargets } from './model.js';
import { readDispatchPlan } from './read-plan.js';
import { timetableDepartures } from './timetable.js';

export interface DispatchOptions {
  readonly solver: LinearSolver;
  /** Wall clock, for the deadline. */
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly seed: number;
  /** Branch-and-bound nodes: an effort in place of the deadline, for runs that must repeat. The deadline is then only a safety. */
  readonly maxNodes?: number;
}

/** How a plan was found. */
export interface DispatchSummary {
  readonly solver: string;
  /** `timed_out`: a plan is there, a bound is not. */
  readonly status: 'optimal' | 'feasible' | 'timed_out';
  /** Where the departures come from. */
  readonly found_by: 'timetable' | 'floor' | 'announced' | 'search' | 'relaxation' | 'integer model';
  /** What was minimised: the plan's total cost and, beside it, the price of changes against what is announced. */
  readonly objective: number;
  readonly bound: number | null;
  readonly gap_ratio: number | null;
  readonly solve_ms: number;
}

export interface DispatchSolution {
  readonly plan: DispatchPlan;
  readonly summary: DispatchSummary;
}

/** A gap at which a plan counts as optimal. */
const OPTIMAL_GAP = 1e-4;
/** Simulations of a line in one local search when effort counts, not time. */
const SEARCH_EFFORT = 6_000;
/** Shares of the deadline at which the first search ends, the relaxation ends, and the second search ends; the integer model has the rest. */
const PHASES = { search: 0.25, relaxation: 0.55, polish: 0.7 } as const;

/**
 * The best departures found within the deadline. In this order, the best so far always at hand: the timetable and the floor of service,
 * local search from the better one; the relaxation, rounded and searched, which gives the bound; the integer model.
 */
export const solveDispatch = async (problem: DispatchProblem, options: DispatchOptions): Promise<DispatchSolution> => {
  const run = new Run(problem, options);
  await run.construct();
  await run.relax();
  await run.solveInteger();
  return run.finish();
};

type Source = DispatchSummary['found_by'];

class Run {
  readonly #problem: DispatchProblem;
  readonly #options: DispatchOptions;
  readonly #started: number;
  #best: { readonly departures: DepartureCounts; readonly cost: number; readonly source: Source };
  #bound: number | undefined;

  constructor(problem: DispatchProblem, options: DispatchOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#started = options.clock.now();
    const floor = followTargets(
      problem,
      problem.patterns.map(({ least }) => least),
    );
    this.#best = { departures: floor, cost: this.#costOf(floor), source: 'floor' };
  }

  async construct(): Promise<void> {
    this.#offer(timetableDepartures(this.#problem), 'timetable');
    this.#offer(this.#announced(), 'announced');
    await this.#search(this.#best.departures, 'search', PHASES.search);
  }

  async relax(): Promise<void> {
    const { model, index } = buildDispatchModel(this.#problem, { integer: false });
    const outcome = await this.#solve(model, PHASES.relaxation);
    if (!hasValues(outcome)) return;
    this.#bound = outcome.bound;
    if (this.#isOptimal()) return;
    const targets = readTargets(index, outcome.values).map((row, line) =>
      row.map((made, slot) => Math.max(made, this.#problem.patterns[line]?.least[slot] ?? 0)),
    );
    const rounded = followTargets(this.#problem, targets);
    this.#offer(rounded, 'relaxation');
    if (this.#keepsLimits(rounded)) await this.#search(rounded, 'relaxation', PHASES.polish);
  }

  async solveInteger(): Promise<void> {
    if (this.#isOptimal() || (this.#options.maxNodes === undefined && this.#leftUntil(1) < 1)) return;
    if (this.#bound === undefined) {
      // Where there was no time for the relaxation, there is none for the integer model.
      await this.#search(this.#best.departures, 'search', 1);
      return;
    }
    const { model, index } = buildDispatchModel(this.#problem);
    const outcome = await this.#solve(model, 1);
    if (!hasValues(outcome)) return;
    this.#offer(readDepartures(index, outcome.values), 'integer model');
    this.#bound = Math.max(this.#bound, outcome.bound);
  }

  finish(): DispatchSolution {
    const plan = readDispatchPlan(this.#problem, this.#best.departures);
    return {
      plan,
      summary: {
        solver: this.#options.solver.name,
        status: this.#bound === undefined ? 'timed_out' : this.#isOptimal() ? 'optimal' : 'feasible',
        found_by: this.#best.source,
        objective: this.#best.cost,
        bound: this.#bound ?? null,
        gap_ratio: this.#gap() ?? null,
        solve_ms: this.#options.clock.now() - this.#started,
      },
    };
  }

  async #search(start: DepartureCounts, source: Source, phase: number): Promise<void> {
    const limits: SearchLimits =
      this.#options.maxNodes === undefined
        ? { evaluations: Infinity, stop: () => this.#leftUntil(phase) <= 0 }
        : { evaluations: SEARCH_EFFORT };
    const random = seededRandom(this.#options.seed);
    this.#offer(await improveDepartures(this.#problem, start, limits, random), source);
  }

  #offer(departures: DepartureCounts, source: Source): void {
    if (!this.#keepsLimits(departures)) return;
    const cost = this.#costOf(departures);
    if (cost < this.#best.cost - 1e-9) this.#best = { departures, cost, source };
  }

  #costOf(departures: DepartureCounts): number {
    return evaluateDepartures(this.#problem, departures).total + changeCost(this.#problem, departures);
  }

  /** What is announced, as the fleet can drive it, and the floor of service past its end. */
  #announced(): DepartureCounts {
    const targets = this.#problem.patterns.map(({ previous = [], least }) => {
      const made = cumulative(previous);
      return least.map((due, slot) => Math.max(due, made[slot] ?? made.at(-1) ?? 0));
    });
    return followTargets(this.#problem, targets);
  }

  #keepsLimits(departures: DepartureCounts): boolean {
    return this.#problem.patterns.every((pattern, index) => {
      const row = departures[index] ?? [];
      const made = cumulative(row);
      return keepsWords(pattern, row) && pattern.least.every((due, slot) => (made[slot] ?? 0) >= due);
    });
  }

  #solve(model: Parameters<LinearSolver['solve']>[0], phase: number): Promise<LinearOutcome> {
    const { solver, seed, maxNodes, deadlineMs } = this.#options;
    const left = maxNodes === undefined ? Math.max(1, this.#leftUntil(phase)) : deadlineMs;
    return solver.solve(model, {
      deadlineMs: left,
      relativeGap: OPTIMAL_GAP,
      seed,
      ...(maxNodes === undefined ? {} : { maxNodes }),
    });
  }

  /** Milliseconds until this share of the deadline has passed. */
  #leftUntil(phase: number): number {
    return this.#started + phase * this.#options.deadlineMs - this.#options.clock.now();
  }

  #gap(): number | undefined {
    return this.#bound === undefined
      ? undefined
      : Math.max(0, this.#best.cost - this.#bound) / Math.max(1e-9, Math.abs(this.#best.cost));
  }

  #isOptimal(): boolean {
    const gap = this.#gap();
    return gap !== undefined && gap <= OPTIMAL_GAP;
  }
}

const hasValues = (outcome: LinearOutcome): outcome is Extract<LinearOutcome, { readonly values: Float64Array }> =>
  outcome.status === 'optimal' || outcome.status === 'feasible';
