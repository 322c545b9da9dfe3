import { createSolver } from '#libs/lp';
import { type DispatchProblem, type MonolithicPoint, solveMonolithic } from '#libs/transport';

import type { Cleanup } from '../process/cleanup.js';

/** What HiGHS makes of the integer model as a whole. */
export interface Monolithic {
  readonly status: 'optimal' | 'feasible' | 'timed_out';
  /** Null: no plan was found. */
  readonly cost: number | null;
  readonly bound: number | null;
  readonly ms: number;
  /** Each better plan as HiGHS told of it. */
  readonly curve: readonly MonolithicPoint[];
}

/** In a worker of its own, within `deadlineMs`. */
export const runMonolithic = async (
  problem: DispatchProblem,
  deadlineMs: number,
  cleanup: Cleanup,
): Promise<Monolithic> => {
  const started = performance.now();
  const solver = createSolver('highs');
  cleanup.add('HiGHS', () => solver.close());
  const { status, cost, bound, curve } = await solveMonolithic(problem, solver, {
    deadlineMs,
    now: () => performance.now(),
  });
  const better = curve.filter((point, index) => point.cost < (curve[index - 1]?.cost ?? Infinity));
  return {
    status,
    cost: cost ?? better.at(-1)?.cost ?? null,
    bound: bound ?? null,
    ms: performance.now() - started,
    curve: better,
  };
};
