import { type EpochMs, findSlot } from '#libs/kernel';
import { readDispatchPlan } from '../dispatch/read-plan.js';
import type { DispatchProblem } from '../problem.js';
import type { Waiting } from './list-demand.js';

export interface Queues {
  /** Who waits when the past ends: the start of the next plan. */
  readonly waiting: readonly Waiting[];
  /** Who waits now, by line and by stop. */
  readonly lines: readonly { readonly line: string; readonly queue: number }[];
  readonly stops: readonly { readonly stop: string; readonly queue: number }[];
}

/**
 * Queues that nobody counts, estimated: the people who came are run against the departures that really left (all in `problem.under_way`),
 * with the vehicles' seats, first come, first served. `problem` is one of the past, in which nothing more is decided.
 */
export const estimateQueues = (problem: DispatchProblem, now: EpochMs): Queues => {
  const nothingMore = problem.patterns.map(() => new Array<number>(problem.grid.count).fill(0));
  const { rides, lines, stops } = readDispatchPlan(problem, nothingMore);
  // The slot before the one under way is the last whose end has come.
  const latest = (findSlot(problem.grid, now) ?? problem.grid.count) - 1;
  return {
    waiting: rides.map(({ line, from_stop, to_stop, queue }) => ({
      line,
      from_stop,
      to_stop,
      passengers: queue.at(-1) ?? 0,
    })),
    lines: lines.map(({ line, queue }) => ({ line, queue: queue[latest] ?? 0 })),
    stops: stops.map(({ stop, queue }) => ({ stop, queue: queue[latest] ?? 0 })),
  };
};
