import { type EpochMs, epochMs } from '#libs/kernel';
import { assignVehicles } from '../dispatch/assign-vehicles.js';
import { timetableDepartures } from '../dispatch/timetable.js';
import type { Departure } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import { buildDispatchProblem, type DispatchInputs } from './build-dispatch-problem.js';
import { DISPATCH_SLOT_MS } from './dispatch-window.js';

/** What leaves in `[from, to)` when no plan is in force: all vehicles drive the timetable. `problem` is that stretch. */
export const driveTimetable = (
  { pack, feed }: Pick<DispatchInputs, 'pack' | 'feed'>,
  from: EpochMs,
  to: EpochMs,
): { readonly problem: DispatchProblem; readonly departures: readonly Departure[] } => {
  const start = epochMs(Math.ceil(from / DISPATCH_SLOT_MS) * DISPATCH_SLOT_MS);
  const count = Math.max(0, Math.ceil((to - start) / DISPATCH_SLOT_MS));
  const grid = { start, slotMs: DISPATCH_SLOT_MS, count };
  const problem = buildDispatchProblem({ pack, feed, grid, waiting: [], countsOf: () => [], departed: [] });
  return { problem, departures: assignVehicles(problem, timetableDepartures(problem)) };
};
