import type { LinearSolver } from '#libs/lp';
import type { FleetFlow } from '../problem/fleet-flow.js';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchModel } from './build-model.js';
import { readFlow } from './read-flow.js';

export interface MonolithicOptions {
  /** Wall time allowed, ms. */
  readonly deadlineMs: number;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** With headway and crowd cuts in it from the start. Default true. */
  readonly cuts?: boolean;
  readonly onProgress?: (point: MonolithicPoint) => void;
  readonly signal?: AbortSignal;
}

/** What was known after so many ms. */
export interface MonolithicPoint {
  readonly ms: number;
  /** Infinity until there is a plan. */
  readonly cost: number;
  readonly bound: number;
}

export interface MonolithicSolution {
  readonly status: 'optimal' | 'feasible' | 'timed_out';
  readonly cost?: number;
  /** Absent where not even the relaxation was solved. */
  readonly bound?: number;
  /** What vehicles do, of a plan that was found. */
  readonly flow?: FleetFlow;
  /** Whenever cost or bound had changed, in time order. */
  readonly curve: readonly MonolithicPoint[];
}

/** The integer model in the solver as it is, with nothing of our own to begin with: what the search is compared with. */
export const solveMonolithic = async (
  problem: DispatchProblem,
  solver: LinearSolver,
  { deadlineMs, now, cuts = true, onProgress, signal }: MonolithicOptions,
): Promise<MonolithicSolution> => {
  const started = now();
  const { model, index } = buildDispatchModel(problem, { cuts });
  const curve: MonolithicPoint[] = [];
  const note = (cost: number, bound: number): void => {
    const last = curve.at(-1);
    if (last?.cost === cost && last.bound === bound) return;
    const point = { ms: now() - started, cost, bound };
    curve.push(point);
    onProgress?.(point);
  };
  const outcome = await solver.solve(model, {
    deadlineMs: Math.max(1, deadlineMs - (now() - started)),
    onProgress: ({ objective, bound }) => note(objective, bound),
    ...(signal ? { signal } : {}),
  });
  switch (outcome.status) {
    case 'optimal':
    case 'feasible': {
      const { status, objective: cost, bound, values } = outcome;
      note(cost, bound);
      return { status, cost, bound, flow: readFlow(index, values), curve };
    }
    case 'timed_out': {
      const bound = curve.at(-1)?.bound ?? -Infinity;
      return { status: 'timed_out', ...(Number.isFinite(bound) ? { bound } : {}), curve };
    }
    case 'infeasible':
    case 'unbounded':
      throw new Error(`The dispatch model is ${outcome.status}: doing nothing should always be allowed.`);
  }
};
