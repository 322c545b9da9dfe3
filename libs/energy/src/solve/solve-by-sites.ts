import { type LinearOutcome, type ModelBlock, type SolveOptions, type SparseModel, splitModel } from '#libs/lp';
import type { BuiltEnergyModel } from '../model/build-model.js';
import { hasIntegers, withIntegersFixed, withoutIntegers } from './integers.js';

/** An integer model is optimal within this unless somebody says otherwise. */
const RELATIVE_GAP = 1e-4;
/** Of the gap that is allowed, what sites may use; the rest is for what they do not know of each other. */
const SITES_SHARE = 0.8;
/** Of the time that is left, what sites may use at first and those again that were not done; the rest is for the model as a whole. */
const SITES_TIME = [0.5, 0.8] as const;

type Solved = Extract<LinearOutcome, { readonly status: 'optimal' | 'feasible' }>;
/** By default until the end of the time, to the gap that was asked for. */
export type Solve = (model: SparseModel, own?: Partial<SolveOptions>) => Promise<LinearOutcome>;

/** A site's share of the model, with what it draws of its feeders at the prices of the relaxation. */
interface Part {
  readonly block: ModelBlock;
  /** What the relaxation pays for it at these prices. */
  readonly least: number;
  /** As far as it is solved. */
  found?: Solved;
}

/**
 * An integer model by its sites: only feeders link them, so at the feeders' prices in the linear relaxation each site is a small integer model of its own. Their bounds together bound the whole
 * (Lagrangian relaxation, Geoffrion 1974), their machines on and off, fixed, leave a linear model, which gives the plan and its shadow prices. Where the gap between the two is wider than asked,
 * the model as a whole is solved from this plan in the time that is left. Its gap is proven in every case.
 */
export const solveBySites = async (
  { model, start, couplings }: BuiltEnergyModel,
  solve: Solve,
  { endsAt, relativeGap = RELATIVE_GAP }: { readonly endsAt: number; readonly relativeGap?: number },
): Promise<LinearOutcome> => {
  const left = (): number => endsAt - performance.now();
  const relaxed = await solve(withoutIntegers(model), { basis: start });
  if (!isSolved(relaxed)) return relaxed;
  if (!relaxed.duals) return solve(model);
  const parts = partsOf(model, couplings, relaxed.values, relaxed.duals);
  const allowed = (SITES_SHARE * relativeGap * Math.abs(relaxed.objective)) / parts.length;
  for (const share of SITES_TIME) {
    const open = parts.filter((part) => gapOf(part) > allowed).toSorted((a, b) => gapOf(b) - gapOf(a));
    for (const [at, part] of open.entries()) {
      if (parts.reduce((sum, one) => sum + gapOf(one), 0) <= allowed * parts.length) break;
      const outcome = await solve(part.block.model, {
        deadlineMs: (share * left()) / (open.length - at),
        relativeGap: Math.min(1, allowed / Math.max(1e-9, Math.abs(part.least))),
        ...(part.found ? { start: part.found.values } : {}),
      });
      if (isSolved(outcome)) part.found = better(part.found, outcome);
    }
  }
  let bound = relaxed.objective;
  const chosen = new Float64Array(model.arrays.cost.length);
  for (const { block, least, found } of parts) {
    if (!found) return solve(model);
    bound += Math.max(0, found.bound - least);
    block.columns.forEach((column, local) => (chosen[column] = found.values[local] ?? 0));
  }
  const plan = await solve(withIntegersFixed(model, chosen));
  if (!isSolved(plan)) return solve(model);
  const own = proven(plan, bound, relativeGap);
  if (own.status === 'optimal' || left() <= 0) return own;
  const whole = await solve(model, { start: plan.values });
  if (!isSolved(whole)) return own;
  bound = Math.max(bound, whole.bound);
  return proven(whole.objective < own.objective ? whole : own, bound, relativeGap);
};

const isSolved = (outcome: LinearOutcome): outcome is Solved =>
  outcome.status === 'optimal' || outcome.status === 'feasible';

/** How far a part may be from its least cost. */
const gapOf = ({ found }: Part): number => (found ? found.objective - found.bound : Infinity);

const better = (known: Solved | undefined, found: Solved): Solved => ({
  ...(known && known.objective < found.objective ? known : found),
  bound: Math.max(known?.bound ?? -Infinity, found.bound),
});

const proven = (solved: Solved, atLeast: number, relativeGap: number): Solved => {
  const bound = Math.min(solved.objective, atLeast);
  const gap = (solved.objective - bound) / Math.max(1e-9, Math.abs(solved.objective));
  return { ...solved, status: gap <= relativeGap ? 'optimal' : 'feasible', bound, gap };
};

/** What is left of the model without the rows that couple sites, as far as it has integers, the cheapest first. */
const partsOf = (
  model: SparseModel,
  couplings: readonly number[],
  values: Float64Array,
  duals: Float64Array,
): readonly Part[] => {
  const { arrays } = model;
  const cost = arrays.cost.slice();
  for (const row of couplings) {
    for (let at = arrays.starts[row] ?? 0; at < (arrays.starts[row + 1] ?? 0); at += 1) {
      const column = arrays.indices[at] ?? 0;
      cost[column] = (cost[column] ?? 0) - (duals[row] ?? 0) * (arrays.values[at] ?? 0);
    }
  }
  const isCoupling = new Set(couplings);
  return splitModel({ ...model, arrays: { ...arrays, cost } }, (row) => isCoupling.has(row))
    .filter((block) => hasIntegers(block.model))
    .map((block) => ({
      block,
      least: block.columns.reduce((sum, column) => sum + (cost[column] ?? 0) * (values[column] ?? 0), 0),
    }))
    .toSorted((a, b) => a.least - b.least);
};
