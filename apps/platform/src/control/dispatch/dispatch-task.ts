import type { Clock } from '#libs/kernel';
import type { LinearSolver, SolverName } from '#libs/lp';
import {
  adviseRelief,
  type Block,
  type DispatchPlan,
  type DispatchProblem,
  type DispatchSummary,
  listUnserved,
  type Relief,
  type ReliefAdvice,
  solveDispatch,
} from '#libs/transport';

/** What the worker is handed when it starts. */
export interface PlannerStart {
  readonly solver: SolverName;
}

export interface DispatchTask {
  readonly problem: DispatchProblem;
  /** What vehicles may do at first. */
  readonly start: readonly Block[];
  readonly deadlineMs: number;
  readonly seed: number;
  /** What may be worth having when people wait too long. */
  readonly reliefs: readonly Relief[];
}

export interface DispatchAnswer {
  readonly plan: DispatchPlan;
  readonly summary: DispatchSummary;
  /** Of those that were asked for, what they are worth; empty when nobody waits too long. */
  readonly reliefs: readonly ReliefAdvice[];
}

/** Reliefs together have so much more of the time for a solve: by short searches, so that the next cycle is not late. */
const RELIEF_SHARE = 0.5;

/** The plan, and what would relieve it. */
export const runDispatchTask = async (
  { problem, start, deadlineMs, seed, reliefs }: DispatchTask,
  tools: { readonly solver: LinearSolver; readonly clock: Clock },
): Promise<DispatchAnswer> => {
  const { plan, summary } = await solveDispatch(problem, { ...tools, deadlineMs, seed, start });
  if (listUnserved(problem, plan).length === 0) return { plan, summary, reliefs: [] };
  const shortMs = (RELIEF_SHARE * deadlineMs) / (reliefs.length + 1);
  const advice = await adviseRelief(problem, reliefs, async (changed) => {
    const again = await solveDispatch(changed, { clock: tools.clock, deadlineMs: shortMs, seed });
    return again.plan;
  });
  return { plan, summary, reliefs: advice };
};
