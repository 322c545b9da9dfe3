import { type Basis, dualBound, type LinearSolver, type ModelBlock, splitModel, type Vertex } from '#libs/lp';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchModel } from './build-model.js';
import { ceilingsOf } from './ceilings.js';
import type { Columns, DispatchModel } from './dispatch-index.js';
import { FleetPrices } from './fleet-prices.js';
import { mergeVehicles } from './merge-vehicles.js';

export interface RelaxOptions {
  /** Wall time allowed, ms. */
  readonly deadlineMs: number;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Hears of each better bound. */
  readonly onBound?: (bound: number) => void;
  readonly signal?: AbortSignal;
}

/** What the relaxation says. Everything by vehicle type: `classOf` gives the entry of a class of the problem. */
export interface Relaxation {
  /** Proven lower bound of the cost of every plan. */
  readonly bound: number;
  /** The relaxation is solved to its end: the departures can be driven, in fractions, by the fleet, and prices are exact. Else both are estimates. */
  readonly complete: boolean;
  readonly classOf: readonly number[];
  /** Vehicle types, by id. */
  readonly types: readonly string[];
  /** Departures, fractional: [type][pattern][slot]. */
  readonly departures: readonly (readonly (readonly number[])[])[];
  /** What one more vehicle that is ready at a place in a slot would save: [type][place][slot]. */
  readonly prices: readonly (readonly (readonly number[])[])[];
  /** What one more bay would save, [entry of the problem's bays][slot]. Zeros until complete. */
  readonly bayPrices: readonly (readonly number[])[];
}

/** Rows that several lines share: vehicles and bays. */
const COUPLING = /^(?:flow|bays)\[/;
/** Sweeps over all lines are worth their time while this many of them lift the bound by this share. */
const PATIENCE = { sweeps: 10, gain: 2e-3 } as const;
/** Part of each sweep's departures in the smoothed ones. */
const SMOOTHING = 0.25;
/** Rows up to which all lines together are worth a try: larger models gain more from further sweeps. */
const WHOLE_ROWS = 30_000;

/**
 * A proven lower bound, as tight as time allows, from the linear relaxation with cuts and one class a vehicle type. First each line (or each way of it) for
 * itself, as if vehicles were everywhere and free; then again and again at prices of vehicles (`FleetPrices`); at last, where the model is small, all together by
 * dual simplex. `dualBound` makes a proven bound of the duals of each sweep, whatever the prices, and of those at which time ended.
 */
export const relaxDispatch = async (
  problem: DispatchProblem,
  solver: LinearSolver,
  options: RelaxOptions,
): Promise<Relaxation> => {
  const run = new Run(problem, solver, options);
  await run.sweep();
  await run.solveWhole();
  return run.finish();
};

class Run {
  readonly #solver: LinearSolver;
  readonly #options: RelaxOptions;
  readonly #endsAt: number;
  readonly #classOf: readonly number[];
  readonly #built: DispatchModel;
  readonly #ceilings: Float64Array;
  readonly #blocks: readonly ModelBlock[];
  readonly #prices: FleetPrices;
  #bound = -Infinity;
  /** Of the best bound. */
  #duals: Float64Array;
  /** Smoothed over sweeps. */
  #values: Float64Array;
  /** The lines' vertices at prices of zero, where all were found. */
  #basis: Basis | undefined;
  #complete = false;

  constructor(problem: DispatchProblem, solver: LinearSolver, options: RelaxOptions) {
    this.#solver = solver;
    this.#options = options;
    this.#endsAt = options.now() + options.deadlineMs;
    const merged = mergeVehicles(problem);
    this.#classOf = merged.classOf;
    this.#built = buildDispatchModel(merged.problem, { integer: false, cuts: true });
    const { model, index } = this.#built;
    this.#ceilings = ceilingsOf(merged.problem, this.#built);
    this.#blocks = splitModel(model, (row) => COUPLING.test(model.rowNames[row] ?? ''));
    this.#prices = new FleetPrices(merged.problem, index, model.arrays.cost);
    this.#duals = new Float64Array(model.rowNames.length);
    this.#values = model.arrays.lower.slice();
  }

  /** Each line at prices of zero, then at better ones while that pays. */
  async sweep(): Promise<void> {
    const first = await this.#solver.solveEach(
      this.#blocks.map(({ model }) => model),
      this.#turn(),
    );
    this.#raise(this.#dualsAt(first));
    if (!areWhole(first, this.#blocks)) return;
    this.#smooth(first, 1);
    this.#basis = this.#basisOf(first);
    const { cost } = this.#built.model.arrays;
    const costs = cost.slice();
    const bounds = [this.#bound];
    while (this.#left() > 1) {
      this.#prices.move(this.#values);
      this.#prices.addTo(costs, cost);
      const found = await this.#solver.solveEachAgain(
        this.#blocks.map(({ columns }) => Float64Array.from(columns, (column) => costs[column] ?? 0)),
        this.#turn(),
      );
      if (!areWhole(found, this.#blocks)) return;
      this.#prices.judge(this.#raise(this.#dualsAt(found)));
      this.#smooth(found, SMOOTHING);
      bounds.push(this.#bound);
      const before = bounds.at(-1 - PATIENCE.sweeps);
      if (before !== undefined && this.#bound - before <= PATIENCE.gain * Math.abs(this.#bound)) return;
    }
  }

  /** All lines and the fleet together, from the lines' vertices: dual feasible, as no price is negative, so that the bound only rises. */
  async solveWhole(): Promise<void> {
    const { model } = this.#built;
    if (!this.#basis || this.#left() <= 1 || model.rowNames.length > WHOLE_ROWS) return;
    const outcome = await this.#solver.solve(model, { ...this.#turn(), basis: this.#basis });
    if (outcome.status === 'optimal' && outcome.duals) {
      this.#raise(outcome.duals);
      this.#duals = outcome.duals;
      this.#values = outcome.values;
      this.#complete = true;
    } else if (outcome.status === 'timed_out' && outcome.duals) {
      this.#raise(outcome.duals);
    }
  }

  finish(): Relaxation {
    const { trip, flow, bays, classes } = this.#built.index;
    const read = (columns: Columns, from: Float64Array): readonly number[] =>
      Array.from(columns, (column) => (column < 0 ? 0 : (from[column] ?? 0)));
    const gains = (rows: Columns): readonly number[] => read(rows, this.#duals).map((dual) => Math.max(0, -dual));
    return {
      bound: this.#bound,
      complete: this.#complete,
      classOf: this.#classOf,
      types: classes.map(({ type }) => type.id),
      departures: trip.map((patterns) => patterns.map((columns) => read(columns, this.#values))),
      prices: flow.map((places) => places.map(gains)),
      bayPrices: bays.map(gains),
    };
  }

  #left(): number {
    return this.#options.signal?.aborted === true ? 0 : Math.max(0, this.#endsAt - this.#options.now());
  }

  #turn(): { readonly deadlineMs: number; readonly signal?: AbortSignal } {
    const { signal } = this.#options;
    return { deadlineMs: Math.max(1, this.#left()), ...(signal ? { signal } : {}) };
  }

  #raise(duals: Float64Array): boolean {
    const proven = dualBound(this.#built.model, duals, this.#ceilings);
    if (proven <= this.#bound) return false;
    this.#bound = proven;
    this.#duals = duals;
    this.#options.onBound?.(proven);
    return true;
  }

  /** Of all rows: the lines' own, and the prices of vehicles. Lines that were not reached count with zeros. */
  #dualsAt(found: readonly (Vertex | undefined)[]): Float64Array {
    const duals = new Float64Array(this.#built.model.rowNames.length);
    this.#built.index.flow.forEach((places, k) =>
      places.forEach((rows, n) => rows.forEach((row, slot) => (duals[row] = -this.#prices.at(k, n, slot)))),
    );
    this.#blocks.forEach(({ rows }, at) => rows.forEach((row, entry) => (duals[row] = found[at]?.duals[entry] ?? 0)));
    return duals;
  }

  #smooth(found: readonly (Vertex | undefined)[], part: number): void {
    this.#blocks.forEach(({ columns }, at) =>
      columns.forEach((column, entry) => {
        const before = this.#values[column] ?? 0;
        this.#values[column] = before + part * ((found[at]?.values[entry] ?? 0) - before);
      }),
    );
  }

  #basisOf(found: readonly (Vertex | undefined)[]): Basis {
    const { columnNames, rowNames } = this.#built.model;
    // What belongs to no line: columns at their lower bounds, rows free to take what comes.
    const basis = { columns: new Int32Array(columnNames.length), rows: new Int32Array(rowNames.length).fill(1) };
    this.#blocks.forEach(({ columns, rows }, at) => {
      columns.forEach((column, entry) => (basis.columns[column] = found[at]?.basis.columns[entry] ?? 0));
      rows.forEach((row, entry) => (basis.rows[row] = found[at]?.basis.rows[entry] ?? 1));
    });
    return basis;
  }
}

const areWhole = (found: readonly (Vertex | undefined)[], blocks: readonly ModelBlock[]): boolean =>
  found.length === blocks.length && !found.includes(undefined);
