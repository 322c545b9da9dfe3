import { type Basis, dualBound, type LinearSolver, splitModel } from '#libs/lp';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchModel } from './build-model.js';
import { ceilingsOf } from './ceilings.js';
import type { Columns, DispatchModel } from './dispatch-index.js';
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
  /** The relaxation is solved to its end: the departures can be driven, in fractions, by the fleet. Else each line has what it would like best. */
  readonly complete: boolean;
  readonly classOf: readonly number[];
  /** Vehicle types, by id. */
  readonly types: readonly string[];
  /** Departures, fractional: [type][pattern][slot]. */
  readonly departures: readonly (readonly (readonly number[])[])[];
  /** What one more vehicle that is ready at a place in a slot would save: [type][place][slot]. Zeros where the fleet was not reached in time. */
  readonly prices: readonly (readonly (readonly number[])[])[];
  /** What one more bay would save, [entry of the problem's bays][slot]. Likewise. */
  readonly bayPrices: readonly (readonly number[])[];
}

/** Rows that several lines share: vehicles and bays. */
const COUPLING = /^(?:flow|bays)\[/;

/**
 * A proven lower bound, as tight as time allows, from the linear relaxation with headway cuts and one class a vehicle type. First each line (or each way of it)
 * for itself, as if vehicles were everywhere; then all together from there, by dual simplex: with prices of zero on vehicles the vertex of the lines
 * is dual feasible, so the bound rises with every step and holds whenever time ends. `dualBound` makes it safe against tolerances.
 */
export const relaxDispatch = async (
  problem: DispatchProblem,
  solver: LinearSolver,
  options: RelaxOptions,
): Promise<Relaxation> => {
  const endsAt = options.now() + options.deadlineMs;
  const left = (): number => Math.max(1, endsAt - options.now());
  const merged = mergeVehicles(problem);
  const built = buildDispatchModel(merged.problem, { integer: false, cuts: true });
  const ceilings = ceilingsOf(merged.problem, built);
  let bound = -Infinity;
  const raise = (duals: Float64Array): void => {
    const proven = dualBound(built.model, duals, ceilings);
    if (proven <= bound) return;
    bound = proven;
    options.onBound?.(bound);
  };
  const start = await solveLines(built, solver, left, options.signal);
  raise(start.duals);
  let { values, duals } = start;
  let complete = false;
  if (left() > 1 && start.whole) {
    const outcome = await solver.solve(built.model, {
      deadlineMs: left(),
      basis: start.basis,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (outcome.status === 'optimal' && outcome.duals) {
      ({ values, duals } = { values: outcome.values, duals: outcome.duals });
      complete = true;
      raise(duals);
    } else if (outcome.status === 'timed_out' && outcome.duals) {
      duals = outcome.duals;
      raise(duals);
    }
  }
  const read = (columns: Columns, from: Float64Array): readonly number[] =>
    Array.from(columns, (column) => (column < 0 ? 0 : (from[column] ?? 0)));
  return {
    bound,
    complete,
    classOf: merged.classOf,
    types: built.index.classes.map(({ type }) => type.id),
    departures: built.index.trip.map((patterns) => patterns.map((columns) => read(columns, values))),
    prices: built.index.flow.map((places) => places.map((rows) => read(rows, duals).map(gainOf))),
    bayPrices: built.index.bays.map((rows) => read(rows, duals).map(gainOf)),
  };
};

/** What one more on the right side of a row saves. */
const gainOf = (dual: number): number => Math.max(0, -dual);

interface LineVertices {
  readonly basis: Basis;
  readonly duals: Float64Array;
  readonly values: Float64Array;
  /** Every line was solved. */
  readonly whole: boolean;
}

/** Each part of the model by itself, without the rows that lines share; what was not reached in time has duals of zero. */
const solveLines = async (
  { model }: DispatchModel,
  solver: LinearSolver,
  left: () => number,
  signal: AbortSignal | undefined,
): Promise<LineVertices> => {
  const basis = slackBasis(model.columnNames.length, model.rowNames.length);
  const duals = new Float64Array(model.rowNames.length);
  const values = model.arrays.lower.slice();
  let whole = true;
  for (const block of splitModel(model, (row) => COUPLING.test(model.rowNames[row] ?? ''))) {
    if (left() <= 1 || signal?.aborted === true) return { basis, duals, values, whole: false };
    const outcome = await solver.solve(block.model, {
      deadlineMs: left(),
      basis: slackBasis(block.columns.length, block.rows.length),
      ...(signal ? { signal } : {}),
    });
    if (outcome.status !== 'optimal' || !outcome.duals) {
      whole = false;
      continue;
    }
    for (const [at, row] of block.rows.entries()) {
      duals[row] = outcome.duals[at] ?? 0;
      basis.rows[row] = outcome.basis?.rows[at] ?? 1;
    }
    for (const [at, column] of block.columns.entries()) {
      values[column] = outcome.values[at] ?? 0;
      basis.columns[column] = outcome.basis?.columns[at] ?? 0;
    }
  }
  return { basis, duals, values, whole };
};

/** Every column at its lower bound, every row free to take what comes. Dual feasible where no cost is negative. */
const slackBasis = (columns: number, rows: number): Basis => ({
  columns: new Int32Array(columns),
  rows: new Int32Array(rows).fill(1),
});
