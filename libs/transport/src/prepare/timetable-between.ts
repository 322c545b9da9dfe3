import { type EpochMs, epochMs } from '#libs/kernel';
import type { Departure } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchProblem, type ProblemInputs } from './build-problem.js';
import { DISPATCH_SLOT_MS } from './dispatch-window.js';
import { departuresOfBlocks, driveTimetable } from './timetable.js';

/** What leaves in `[from, to)` when no plan is in force: all vehicles drive the timetable. `problem` is that stretch. */
export const timetableBetween = (
  { pack, feed }: Pick<ProblemInputs, 'pack' | 'feed'>,
  from: EpochMs,
  to: EpochMs,
): { readonly problem: DispatchProblem; readonly departures: readonly Departure[] } => {
  const start = epochMs(Math.ceil(from / DISPATCH_SLOT_MS) * DISPATCH_SLOT_MS);
  const count = Math.max(0, Math.ceil((to - start) / DISPATCH_SLOT_MS));
  const grid = { start, slotMs: DISPATCH_SLOT_MS, count };
  const problem = buildDispatchProblem({ pack, feed, grid, waiting: [], countsOf: () => [], departed: [] });
  return { problem, departures: departuresOfBlocks(problem, driveTimetable(problem)) };
};
