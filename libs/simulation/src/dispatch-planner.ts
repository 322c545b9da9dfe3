import { type EpochMs, epochMs } from '#libs/kernel';
import {
  type Departure,
  DISPATCH_SLOT_MS,
  type DispatchProblem,
  type DispatchSituation,
  driveTimetable,
  listCounters,
  prepareDispatch,
  solveDispatch,
} from '#libs/transport';

import type { Planning } from './planning.js';
import { historyOf } from './recorded-history.js';

/** A departure that is to leave, and for how long it binds its vehicle. */
export interface BoundDeparture extends Departure {
  readonly cycleMs: number;
}

const bind = (problem: DispatchProblem, departures: readonly Departure[]): readonly BoundDeparture[] =>
  departures.map((departure) => {
    const pattern = problem.patterns.find(({ line }) => line === departure.line);
    return { ...departure, cycleMs: (pattern?.cycle_slots ?? 0) * problem.grid.slotMs };
  });

/**
 * Plans as the platform does, with the same code: from gate counts and departures, not from the queues that only the simulation knows.
 * What is to leave in the next three hours, what is frozen first. `now` is on a slot's start.
 */
export const planDispatch = async (
  { pack, feed, solver, seed, nodes, deadlineMs }: Planning,
  now: EpochMs,
  situation: Pick<DispatchSituation, 'departed' | 'kept'>,
): Promise<readonly BoundDeparture[]> => {
  const people = listCounters(pack).flatMap(({ venue, point }) => {
    const recorded = pack.gateways
      .filter((gateway) => gateway.venue === venue)
      .flatMap(({ points }) => points)
      .find(({ id }) => id === point)?.recorded;
    return recorded ? [{ venue, point, counted: historyOf(pack, recorded, now, DISPATCH_SLOT_MS) }] : [];
  });
  const { problem, frozen } = prepareDispatch({ pack, feed, now, people, ...situation });
  // Effort counts, not time: the clock stands still.
  const { plan } = await solveDispatch(problem, {
    solver,
    clock: { now: () => now },
    deadlineMs,
    seed,
    maxNodes: nodes,
  });
  return bind(problem, [...frozen, ...plan.departures]);
};

/** What leaves over a window without a planner. */
export const followTimetable = (planning: Planning, from: EpochMs, to: EpochMs): readonly BoundDeparture[] => {
  const { problem, departures } = driveTimetable(planning, from, to);
  return bind(problem, departures);
};

/** How far a plan reaches that is renewed every `cadenceMs`: what leaves before the next one. */
export const untilNext = (
  departures: readonly BoundDeparture[],
  now: EpochMs,
  cadenceMs: number,
): readonly BoundDeparture[] => departures.filter(({ departs_ms }) => departs_ms < epochMs(now + cadenceMs));
