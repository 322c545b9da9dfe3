import { type EpochMs, findSlot } from '#libs/kernel';
import type { DispatchProblem } from '../problem/problem.js';
import { boardPeople, type Leaving } from './board-people.js';
import type { Waiting } from './rides.js';

export interface Queues {
  /** Who waits when the past ends: the start of the next plan. */
  readonly waiting: readonly Waiting[];
  /** Who waits now, by line and by stop. */
  readonly lines: readonly { readonly line: string; readonly queue: number }[];
  readonly stops: readonly { readonly stop: string; readonly queue: number }[];
}

/**
 * Queues that nobody counts, estimated: the people who came are run against the departures that really left, with the vehicles' places. `problem` is one of
 * the past, in which nothing more is decided.
 */
export const estimateQueues = (problem: DispatchProblem, departures: readonly Leaving[], now: EpochMs): Queues => {
  const { queues } = boardPeople(problem, departures);
  // The slot before the one under way is the last whose end has come.
  const latest = (findSlot(problem.grid, now) ?? problem.grid.count) - 1;
  const sumBy = (keyOf: (ride: DispatchProblem['rides'][number]) => string): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const [index, ride] of problem.rides.entries()) {
      sums.set(keyOf(ride), (sums.get(keyOf(ride)) ?? 0) + (queues[index]?.[latest] ?? 0));
    }
    return sums;
  };
  return {
    waiting: problem.rides.map(({ line, group, from_stop, to_stop, accessible = false, then }, index) => ({
      line,
      group,
      from_stop,
      to_stop: then === undefined ? to_stop : (problem.rides[then]?.to_stop ?? to_stop),
      accessible,
      passengers: queues[index]?.at(-1) ?? 0,
    })),
    lines: [...sumBy(({ line }) => line)].map(([line, queue]) => ({ line, queue })),
    stops: [...sumBy(({ from_stop }) => from_stop)].map(([stop, queue]) => ({ stop, queue })),
  };
};
