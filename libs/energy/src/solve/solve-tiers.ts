import type { LinearOutcome, LinearSolver, LinearValues, SparseModel } from '#libs/lp';
import type { BuiltEnergyModel } from '../model/build-model.js';
import { OVER_LIMIT, type ViolationColumn } from '../model/energy-model.js';
import { TIERS, type Tier } from '../model/tiers.js';

export interface TierOptions {
  readonly solver: LinearSolver;
  readonly deadlineMs: number;
  readonly seed: number;
  /** Of an integer model: the gap at which it counts as optimal. */
  readonly relativeGap?: number;
  readonly signal?: AbortSignal;
}

/** Violations of less than this in all, in kWh, are arithmetic. */
const NOTHING = 1e-5;
/** What a tier may lose again, so that rounding does not make the next one infeasible. */
const SLACK = 1e-7;

/**
 * Solves with limits at a price. Where that breaks one, tiers are solved one after the other, each to its least violation with what was reached before it held, and money last: no price is
 * high enough for six tiers, and low enough for a linear solver. What cannot be finished in time stands as it was found.
 */
export const solveByTiers = async (
  { model, violations, dearest }: BuiltEnergyModel,
  { solver, deadlineMs, seed, relativeGap, signal }: TierOptions,
): Promise<LinearOutcome> => {
  const endsAt = performance.now() + deadlineMs;
  const solve = (of: SparseModel): Promise<LinearOutcome> =>
    solver.solve(of, {
      deadlineMs: Math.max(1, endsAt - performance.now()),
      seed,
      ...(relativeGap === undefined ? {} : { relativeGap }),
      ...(signal ? { signal } : {}),
    });
  const startedAt = performance.now();
  const priced = await solve(model);
  if (priced.status !== 'optimal' && priced.status !== 'feasible') return priced;
  let best: LinearValues = priced;
  const money = withoutPrices(model, violations, dearest);
  const held: Held[] = [];
  const isBroken = TIERS.some((tier) => totalOf(ofTier(violations, tier), best.values) > NOTHING);
  if (isBroken) {
    for (const tier of TIERS) {
      const own = ofTier(violations, tier);
      if (totalOf(own, best.values) > NOTHING) {
        const outcome = await solve(withHeld(priceOnly(model, own), held));
        if (outcome.status !== 'optimal' && outcome.status !== 'feasible') break;
        best = outcome;
      }
      held.push({ columns: own, most: Math.max(0, totalOf(own, best.values)) });
    }
    const outcome = held.length === TIERS.length ? await solve(withHeld(money, held)) : undefined;
    if (outcome?.status === 'optimal' || outcome?.status === 'feasible') best = outcome;
  }
  const price = best === priced ? OVER_LIMIT * dearest * totalOf(violations, best.values) : 0;
  const objective = best.objective - price;
  const solveMs = performance.now() - startedAt;
  return { ...best, status: priced.status, objective, bound: best.bound - price, solveMs };
};

interface Held {
  readonly columns: readonly ViolationColumn[];
  /** kWh. */
  readonly most: number;
}

const ofTier = (violations: readonly ViolationColumn[], tier: Tier): readonly ViolationColumn[] =>
  violations.filter((one) => one.tier === tier);

const totalOf = (violations: readonly ViolationColumn[], values: ArrayLike<number>): number =>
  violations.reduce((sum, { column, weight }) => sum + weight * (values[column] ?? 0), 0);

const withoutPrices = (model: SparseModel, violations: readonly ViolationColumn[], dearest: number): SparseModel => {
  const cost = model.arrays.cost.slice();
  for (const { column, weight } of violations) cost[column] = (cost[column] ?? 0) - OVER_LIMIT * dearest * weight;
  return { ...model, arrays: { ...model.arrays, cost } };
};

const priceOnly = (model: SparseModel, violations: readonly ViolationColumn[]): SparseModel => {
  const cost = new Float64Array(model.arrays.cost.length);
  for (const { column, weight } of violations) cost[column] = weight;
  return { ...model, arrays: { ...model.arrays, cost, constant: 0 } };
};

/** A row more for each tier: its violations together. Those of a tier that holds are shut. */
const withHeld = (model: SparseModel, held: readonly Held[]): SparseModel => {
  const { arrays } = model;
  const upper = arrays.upper.slice();
  const rows = held.filter(({ columns, most }) => {
    if (most > NOTHING) return true;
    for (const { column } of columns) upper[column] = 0;
    return false;
  });
  const sizes = rows.map(({ columns }) => columns.length);
  const starts = new Int32Array(arrays.starts.length + rows.length);
  starts.set(arrays.starts);
  for (const [at, size] of sizes.entries())
    starts[arrays.starts.length + at] = (starts[arrays.starts.length + at - 1] ?? 0) + size;
  const sorted = rows.map(({ columns }) => columns.toSorted((a, b) => a.column - b.column));
  return {
    ...model,
    rowNames: [...model.rowNames, ...rows.map((_, at) => `tier ${at}`)],
    arrays: {
      ...arrays,
      upper,
      rowLower: Float64Array.from([...arrays.rowLower, ...rows.map(() => -Infinity)]),
      rowUpper: Float64Array.from([...arrays.rowUpper, ...rows.map(({ most }) => most * (1 + SLACK) + SLACK)]),
      starts,
      indices: Int32Array.from([
        ...arrays.indices,
        ...sorted.flatMap((columns) => columns.map(({ column }) => column)),
      ]),
      values: Float64Array.from([
        ...arrays.values,
        ...sorted.flatMap((columns) => columns.map(({ weight }) => weight)),
      ]),
    },
  };
};
