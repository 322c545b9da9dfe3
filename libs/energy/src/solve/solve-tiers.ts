import {
  type Basis,
  type LinearOutcome,
  type LinearSolver,
  type LinearValues,
  type SparseModel,
  withArrays,
} from '#libs/lp';
import type { BuiltEnergyModel } from '../model/build-model.js';
import type { ViolationColumn } from '../model/energy-model.js';
import { TIERS, type Tier } from '../model/tiers.js';
import { hasIntegers, withIntegersFixed } from './integers.js';
import { type Solve, solveBySites } from './solve-by-sites.js';

export interface TierOptions {
  readonly solver: LinearSolver;
  readonly deadlineMs: number;
  readonly seed: number;
  /** Of an integer model: the gap at which it counts as optimal. */
  readonly relativeGap?: number;
  readonly signal?: AbortSignal;
  /** It is a part of a large problem: as that, its models begin at a vertex. */
  readonly isPart?: boolean;
}

type Solved = Extract<LinearOutcome, LinearValues>;

/**
 * Columns from which on a linear model begins at a vertex of its own. Smaller ones take milliseconds either way, and presolve does early what costs the same at any time, which is better in closed
 * loops: 59.40 against 61.28 in the reference suite's fixture off the grid.
 */
const LARGE = 4_000;
/** Code of `Basis`. */
const BASIC = 1;
/** Violations of less than this in all, in kWh, are arithmetic. */
const NOTHING = 1e-5;
/** Where a tier has no more than this, its columns are shut: within the solver's tolerance. */
const SHUT = 1e-9;
/** What a tier may lose again, so that rounding does not make the next one infeasible: as a share and in kWh. */
const SLACK = 1e-6;

/**
 * Solves with limits at a price. Where that breaks one, tiers are solved one after the other, each to its least violation with what was reached before it held, and money last: no price is
 * high enough for seven tiers, and low enough for a linear solver. Objective and bound are then money alone. Where time runs out on the way, the first solution stands as feasible, prices of its
 * broken limits included: one in which an earlier tier cost more than a later one, but which looked at all of them and at money.
 */
export const solveByTiers = async (
  built: BuiltEnergyModel,
  { solver, deadlineMs, seed, relativeGap, signal, isPart = false }: TierOptions,
): Promise<LinearOutcome> => {
  const { model, start, violations } = built;
  const startedAt = performance.now();
  const endsAt = startedAt + deadlineMs;
  const isLarge = isPart || model.arrays.cost.length >= LARGE;
  let runMs = 0;
  const solve: Solve = async (of, own = {}) => {
    const outcome = await solver.solve(of, {
      seed,
      ...(relativeGap === undefined ? {} : { relativeGap }),
      ...(signal ? { signal } : {}),
      ...own,
      deadlineMs: Math.max(1, own.deadlineMs ?? endsAt - performance.now()),
    });
    if (isSolved(outcome)) runMs += outcome.runMs;
    return outcome;
  };
  const priced = hasIntegers(model)
    ? await solveBySites(built, solve, { endsAt, ...(relativeGap === undefined ? {} : { relativeGap }) })
    : await solve(model, isLarge ? { basis: start, isNear: true } : {});
  if (!isSolved(priced)) return priced;
  const apart = await solveApart(model, violations, priced, solve, isLarge);
  const { of, outcome } = apart ?? { of: model, outcome: priced };
  const best = await fixIntegers(of, outcome, solve);
  const solveMs = performance.now() - startedAt;
  if (!apart) return { ...best, status: 'feasible', solveMs, runMs };
  const price = of === model ? sumOf(violations, ({ price: each }) => each, best.values) : 0;
  return { ...best, objective: best.objective - price, bound: best.bound - price, solveMs, runMs };
};

const isSolved = (outcome: LinearOutcome): outcome is Solved =>
  outcome.status === 'optimal' || outcome.status === 'feasible';

/**
 * Tier by tier, then money. Where no tier can do better than the first solution, that is the answer: it had the least money for what it breaks. Undefined where a solve found no end.
 */
const solveApart = async (
  model: SparseModel,
  violations: readonly ViolationColumn[],
  priced: Solved,
  solve: Solve,
  isLarge: boolean,
): Promise<{ readonly of: SparseModel; readonly outcome: Solved } | undefined> => {
  const held: Held[] = [];
  let best = priced;
  // What is best so far breaks nothing that is held: of other costs and more rows it is a feasible vertex.
  const solveFromBest = (of: SparseModel): Promise<LinearOutcome> =>
    solve(of, isLarge && best.basis ? { basis: withLooseRows(best.basis, of), isNear: true } : {});
  for (const tier of TIERS) {
    const own = violations.filter((one) => one.tier === tier);
    const most = weightOf(own, best.values);
    if (most > NOTHING) {
      const outcome = await solveFromBest(withHeld(priceOnly(model, own), held));
      if (!isSolved(outcome)) return undefined;
      if (most > withSlack(weightOf(own, outcome.values))) best = outcome;
    }
    held.push({ tier, columns: own, most: weightOf(own, best.values) });
  }
  if (best === priced) return { of: model, outcome: priced };
  const of = withHeld(withoutPrices(model, violations), held);
  const outcome = await solveFromBest(of);
  return isSolved(outcome) ? { of, outcome } : undefined;
};

/** A vertex in a model with rows more. */
const withLooseRows = ({ columns, rows }: Basis, { arrays }: SparseModel): Basis => {
  const all = new Int32Array(arrays.rowLower.length).fill(BASIC);
  all.set(rows.subarray(0, all.length));
  return { columns, rows: all };
};

/** The same with its integers as they are: without the little that a solver lets them be off, and with duals. */
const fixIntegers = async (model: SparseModel, found: Solved, solve: Solve): Promise<Solved> => {
  if (!hasIntegers(model) || found.duals) return found;
  const outcome = await solve(withIntegersFixed(model, found.values));
  if (!isSolved(outcome)) return found;
  const { objective } = outcome;
  const gap = Math.max(0, objective - found.bound) / Math.max(1e-9, Math.abs(objective));
  return { ...outcome, status: found.status, bound: Math.min(found.bound, objective), gap };
};

interface Held {
  readonly tier: Tier;
  readonly columns: readonly ViolationColumn[];
  /** kWh. */
  readonly most: number;
}

const sumOf = (
  violations: readonly ViolationColumn[],
  each: (one: ViolationColumn) => number,
  values: ArrayLike<number>,
): number => violations.reduce((sum, one) => sum + each(one) * Math.max(0, values[one.column] ?? 0), 0);

const weightOf = (violations: readonly ViolationColumn[], values: ArrayLike<number>): number =>
  sumOf(violations, ({ weight }) => weight, values);

const withSlack = (most: number): number => most * (1 + SLACK) + SLACK;

const withoutPrices = (model: SparseModel, violations: readonly ViolationColumn[]): SparseModel => {
  const cost = model.arrays.cost.slice();
  for (const { column, price } of violations) cost[column] = (cost[column] ?? 0) - price;
  return withArrays(model, { ...model.arrays, cost });
};

const priceOnly = (model: SparseModel, violations: readonly ViolationColumn[]): SparseModel => {
  const cost = new Float64Array(model.arrays.cost.length);
  for (const { column, weight } of violations) cost[column] = weight;
  return withArrays(model, { ...model.arrays, cost, constant: 0 });
};

/** A row more for each tier: its violations together. Those of a tier that holds are shut. */
const withHeld = (model: SparseModel, held: readonly Held[]): SparseModel => {
  const { arrays } = model;
  const upper = arrays.upper.slice();
  const rows = held.filter(({ columns, most }) => {
    if (most > SHUT) return true;
    for (const { column } of columns) upper[column] = 0;
    return false;
  });
  const starts = new Int32Array(arrays.starts.length + rows.length);
  starts.set(arrays.starts);
  for (const [at, { columns }] of rows.entries())
    starts[arrays.starts.length + at] = (starts[arrays.starts.length + at - 1] ?? 0) + columns.length;
  // Columns come in the order in which the model was made: ascending, as a row must be.
  const entries = rows.flatMap(({ columns }) => columns);
  const indices = new Int32Array(arrays.indices.length + entries.length);
  indices.set(arrays.indices);
  const values = withMore(arrays.values, entries.length);
  for (const [at, { column, weight }] of entries.entries()) {
    indices[arrays.indices.length + at] = column;
    values[arrays.values.length + at] = weight;
  }
  const rowLower = withMore(arrays.rowLower, rows.length).fill(-Infinity, arrays.rowLower.length);
  const rowUpper = withMore(arrays.rowUpper, rows.length);
  for (const [at, { most }] of rows.entries()) rowUpper[arrays.rowUpper.length + at] = withSlack(most);
  return withArrays(
    model,
    { ...arrays, upper, rowLower, rowUpper, starts, indices, values },
    rows.map(({ tier }) => `tier ${tier}`),
  );
};

/** With room for so many more. */
const withMore = (values: Float64Array, count: number): Float64Array => {
  const all = new Float64Array(values.length + count);
  all.set(values);
  return all;
};
