import { slotInterval, type SlotGrid } from '#libs/kernel';
import type { LinearSolver, SparseModel } from '#libs/lp';
import type { BuiltEnergyModel } from '../model/build-model.js';
import type { ViolationColumn } from '../model/energy-model.js';
import type { Limit } from '../model/tiers.js';
import type { EnergyPlan, EnergyViolation, SitePlan } from '../plan.js';
import type { EnergyProblem } from '../problem.js';
import { isHot, meanKw, mayBeLess } from '../plan/relief.js';
import { listLosses, listOperations } from '../reserve/losses.js';
import { listShortages } from '../reserve/shortages.js';
import { withIntegersFixed } from './integers.js';

/** So many violations are looked at, the first tier first: each is a linear model as large as that of the plan. */
const MOST = 3;
/** What other limits may be broken further, so that rounding does not make the plan at hand infeasible: as a share and in kW or kWh. */
const SLACK = 1e-6;

interface Options {
  readonly solver: LinearSolver;
  readonly deadlineMs: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/**
 * For each violation whose worst excess may be more than is needed: the smallest raise of its limit, the same in all its slots, with which that limit holds there and no other is broken further than in the
 * solution. Machines and switches stay as they are. Undefined where nobody has looked: of even ones, after the first few, and when there is no time left.
 */
export const findLeastRaises = async (
  built: BuiltEnergyModel,
  values: Float64Array,
  problem: EnergyProblem,
  { sites, violations }: Pick<EnergyPlan, 'sites' | 'violations'>,
  { solver, deadlineMs, seed, signal }: Options,
): Promise<readonly (number | undefined)[]> => {
  const endsAt = performance.now() + deadlineMs;
  const least: (number | undefined)[] = violations.map(() => undefined);
  const fixed = withIntegersFixed(built.model, values);
  const { grid } = problem;
  const open = [...violations.entries()]
    .filter(([, one]) => mayBeLess(problem, one) && !isHot(problem, one))
    .slice(0, MOST);
  if (open.length === 0) return least;
  const broken = brokenBy(built, values, problem, sites);
  for (const [at, violation] of open) {
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) break;
    const model = withRaise(built, fixed, broken, grid, violation);
    const outcome = await solver.solve(model, { seed, deadlineMs: leftMs, ...(signal ? { signal } : {}) });
    if (outcome.status !== 'optimal') continue;
    least[at] = Math.min(violation.worst_kw, Math.max(meanKw(violation), outcome.objective));
  }
  return least;
};

/** How far each limit is broken, by column; and what is missing after a loss where nothing that is planned could help, so that there is no column. */
interface Broken {
  readonly of: (one: ViolationColumn) => number;
  readonly fixed: readonly { readonly limit: Limit; readonly at: string; readonly slot: number; readonly kw: number }[];
}

/** As the plan lists it. What is missing after a loss may be missing at one site or at another: a solution may say that otherwise. */
const brokenBy = (
  { violations }: BuiltEnergyModel,
  values: Float64Array,
  problem: EnergyProblem,
  sites: readonly SitePlan[],
): Broken => {
  const keyOf = (limit: Limit, at: string, slot: number): string => `${limit} ${at} ${slot}`;
  const missing = listShortages(problem, sites).flatMap(({ limit, site, loss, kw }) =>
    kw.flatMap((one, slot) => (one > 0 ? [{ limit, at: `${site} ${loss}`, slot, kw: one }] : [])),
  );
  const kwOf = new Map(missing.map(({ limit, at, slot, kw }) => [keyOf(limit, at, slot), kw]));
  const losses = [...listLosses(problem), ...listOperations(problem)];
  const isOfSite = new Set(problem.sites.flatMap(({ site }) => losses.map(({ name }) => `${site} ${name}`)));
  const known = new Set(violations.map(({ limit, at, slot }) => keyOf(limit, at, slot)));
  return {
    of: ({ column, tier, limit, at, slot }) =>
      tier === 'reserve' && isOfSite.has(at) ? (kwOf.get(keyOf(limit, at, slot)) ?? 0) : (values[column] ?? 0),
    fixed: missing.filter(({ limit, at, slot }) => !known.has(keyOf(limit, at, slot))),
  };
};

/** What is asked is one column more, over all that the limit is broken by in its slots; all else costs nothing. */
const withRaise = (
  { violations }: BuiltEnergyModel,
  model: SparseModel,
  broken: Broken,
  grid: SlotGrid,
  { limit, at, from_ms, until_ms }: EnergyViolation,
): SparseModel => {
  const { arrays } = model;
  const raise = arrays.cost.length;
  const upper = Float64Array.from([...arrays.upper, Infinity]);
  const isOwn = (one: { readonly limit: Limit; readonly at: string; readonly slot: number }): boolean => {
    const { start } = slotInterval(grid, one.slot);
    return one.limit === limit && one.at === at && from_ms <= start && start < until_ms;
  };
  const own: number[] = [];
  for (const one of violations) {
    if (isOwn(one)) own.push(one.column);
    else upper[one.column] = Math.min(arrays.upper[one.column] ?? 0, broken.of(one) * (1 + SLACK) + SLACK);
  }
  const least = Math.max(0, ...broken.fixed.filter(isOwn).map(({ kw }) => kw));
  const cost = new Float64Array(raise + 1);
  cost[raise] = 1;
  return {
    ...model,
    columnNames: [...model.columnNames, 'raise'],
    rowNames: [...model.rowNames, ...own.map((column) => `within the raise ${column}`)],
    arrays: {
      ...arrays,
      constant: 0,
      cost,
      lower: Float64Array.from([...arrays.lower, least]),
      upper,
      integer: new Int32Array(raise + 1),
      rowLower: Float64Array.from([...arrays.rowLower, ...own.map(() => -Infinity)]),
      rowUpper: Float64Array.from([...arrays.rowUpper, ...own.map(() => 0)]),
      starts: Int32Array.from([...arrays.starts, ...own.map((_, row) => arrays.values.length + 2 * (row + 1))]),
      indices: Int32Array.from([...arrays.indices, ...own.flatMap((column) => [column, raise])]),
      values: Float64Array.from([...arrays.values, ...own.flatMap(() => [1, -1])]),
    },
  };
};
