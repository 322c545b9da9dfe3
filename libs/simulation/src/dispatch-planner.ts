import { type EpochMs, epochMs } from '#libs/kernel';
import {
  type Departure,
  depotCharging,
  type DepotStay,
  DISPATCH_SLOT_MS,
  type DispatchProblem,
  type DispatchSituation,
  listCounters,
  type PlanInForce,
  prepareDispatch,
  solveDispatch,
  timetableBetween,
} from '#libs/transport';

import type { Counters } from './counters.js';
import type { Way } from './mileage.js';
import type { Planning } from './planning.js';

/** A departure that is to leave, which way, and for how long it binds its vehicle. */
export interface BoundDeparture extends Departure {
  readonly busyMs: number;
  readonly way: Way;
}

/** A plan as the simulation follows it. */
export interface SimulatedPlan extends PlanInForce {
  /** What is to leave, frozen departures first. */
  readonly departures: readonly BoundDeparture[];
  /** At depots that venues feed. */
  readonly charging: readonly DepotStay[];
}

const bind = (problem: DispatchProblem, departures: readonly Departure[]): readonly BoundDeparture[] => {
  const patterns = new Map(problem.patterns.map((one) => [one.pattern, one]));
  return departures.map((departure) => {
    const way = patterns.get(departure.pattern);
    if (!way) throw new Error(`The problem has no pattern ${departure.pattern}.`);
    return { ...departure, way, busyMs: way.busy_slots * problem.grid.slotMs };
  });
};

/**
 * Plans as the platform does, with the same code: from gate counts and departures, not from the queues that only the simulation knows.
 * What is to leave in the next three hours, what is frozen first. `now` is on a slot's start. `days`: people are forecast from the days before; else only those count who have come.
 */
export const planDispatch = async (
  { pack, feed, solver, seed, moves, deadlineMs }: Planning,
  now: EpochMs,
  counters: Counters,
  days: boolean,
  situation: Pick<DispatchSituation, 'departed' | 'kept' | 'sessions' | 'late' | 'broken'> & {
    readonly inForce: SimulatedPlan | undefined;
  },
): Promise<SimulatedPlan> => {
  const people = listCounters(pack).flatMap(({ venue, point }) => {
    const counted = counters.historyAt(venue, point, now, DISPATCH_SLOT_MS, days);
    return counted ? [{ venue, point, counted }] : [];
  });
  const { problem, start, frozen } = prepareDispatch({ pack, feed, now, people, ...situation });
  // Effort counts, not time: the clock stands still.
  const { plan } = await solveDispatch(problem, {
    solver,
    clock: { now: () => now },
    deadlineMs,
    seed,
    effort: moves,
    start,
  });
  return {
    problem,
    blocks: plan.blocks,
    departures: bind(problem, [...frozen, ...plan.departures]),
    charging: depotCharging(pack.transport, plan, situation.inForce?.charging),
  };
};

/** What leaves over a window without a planner. */
export const followTimetable = (
  planning: Planning,
  from: EpochMs,
  to: EpochMs,
): Pick<SimulatedPlan, 'problem' | 'departures'> => {
  const { problem, departures } = timetableBetween(planning, from, to);
  return { problem, departures: bind(problem, departures) };
};

/** How far a plan reaches that is renewed every `cadenceMs`: what leaves before the next one. */
export const untilNext = (
  departures: readonly BoundDeparture[],
  now: EpochMs,
  cadenceMs: number,
): readonly BoundDeparture[] => departures.filter(({ departs_ms }) => departs_ms < epochMs(now + cadenceMs));
