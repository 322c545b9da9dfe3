import { type EpochMs, epochMs } from '#libs/kernel';
import type { Departure } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchProblem, type ProblemInputs } from './build-problem.js';
import { DISPATCH_SLOT_MS } from './dispatch-window.js';
import { departuresOfBlocks, driveTimetable } from './timetable.js';

/** The timetable from `from` to `to` as a problem, without anybody who waits or comes. */
export const timetableProblem = (
  { pack, feed }: Pick<ProblemInputs, 'pack' | 'feed'>,
  from: EpochMs,
  to: EpochMs,
): DispatchProblem => {
  const start = epochMs(Math.ceil(from / DISPATCH_SLOT_MS) * DISPATCH_SLOT_MS);
  const count = Math.max(0, Math.ceil((to - start) / DISPATCH_SLOT_MS));
  const grid = { start, slotMs: DISPATCH_SLOT_MS, count };
  return buildDispatchProblem({ pack, feed, grid, waiting: [], countsOf: () => [], departed: [] });
};

/** What leaves in `[from, to)` when no plan is in force: all vehicles drive the timetable. `problem` is that stretch. */
export const timetableBetween = (
  { pack, feed }: Pick<ProblemInputs, 'pack' | 'feed'>,
  from: EpochMs,
  to: EpochMs,
): { readonly problem: DispatchProblem; readonly departures: readonly Departure[] } => {
  const problem = timetableProblem({ pack, feed }, from, to);
  return { problem, departures: departuresOfBlocks(problem, driveTimetable(problem)) };
};
