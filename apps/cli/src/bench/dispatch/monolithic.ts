import { createSolver, type LinearOutcome, type SolveProgress, type SparseModel } from '#libs/lp';

import type { Cleanup } from '../process/cleanup.js';

/** What HiGHS makes of the integer model as a whole. */
export interface Monolithic {
  readonly status: LinearOutcome['status'];
  /** Null: no plan was found. */
  readonly cost: number | null;
  readonly bound: number | null;
  readonly ms: number;
  /** Each better plan as HiGHS told of it. */
  readonly curve: readonly { readonly ms: number; readonly cost: number }[];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** In a worker of its own, within `deadlineMs`. */
export const solveMonolithic = async (
  model: SparseModel,
  deadlineMs: number,
  seed: number,
  cleanup: Cleanup,
): Promise<Monolithic> => {
  const started = performance.now();
  const solver = createSolver('highs');
  cleanup.add('HiGHS', () => solver.close());
  const curve: { ms: number; cost: number }[] = [];
  let bound = -Infinity;
  const onProgress = (progress: SolveProgress): void => {
    bound = Math.max(bound, progress.bound);
    if (progress.objective < (curve.at(-1)?.cost ?? Infinity))
      curve.push({ ms: performance.now() - started, cost: progress.objective });
  };
  const outcome = await solver.solve(model, { deadlineMs, seed, onProgress });
  const ms = performance.now() - started;
  const solved = outcome.status === 'optimal' || outcome.status === 'feasible';
  if (solved && outcome.objective < (curve.at(-1)?.cost ?? Infinity)) curve.push({ ms, cost: outcome.objective });
  return {
    status: outcome.status,
    cost: finite(curve.at(-1)?.cost ?? Infinity),
    bound: finite(Math.max(bound, solved ? outcome.bound : -Infinity)),
    ms,
    curve,
  };
};
