import { type EpochMs, epochMs, MINUTE_MS, type SlotGrid, slotStart } from '#libs/kernel';
import {
  buildDispatchProblem,
  type Departure,
  type DispatchInputs,
  type DispatchProblem,
  solveDispatch,
} from '#libs/transport';

import type { Planning } from './planning.js';
import { forecastOf } from './recorded-history.js';
import { driveTimetable } from './timetable.js';

const SLOT_MS = 5 * MINUTE_MS;
const HORIZON_SLOTS = 36;

type Situation = Pick<DispatchInputs, 'departed' | 'waiting'>;

/** A departure that is to leave, and for how long it binds its vehicle. */
export interface BoundDeparture extends Departure {
  readonly cycleMs: number;
}

const bind = (problem: DispatchProblem, departures: readonly Departure[]): readonly BoundDeparture[] =>
  departures.map((departure) => {
    const pattern = problem.patterns.find(({ line }) => line === departure.line);
    return { ...departure, cycleMs: (pattern?.cycle_slots ?? 0) * problem.grid.slotMs };
  });

/** Plans as the platform does, from the same forecasts and with the same solver: the departures of the next three hours. `now` is on a slot's start. */
export const planDispatch = async (
  { pack, feed, solver, seed, nodes, deadlineMs }: Planning,
  now: EpochMs,
  situation: Situation,
): Promise<readonly BoundDeparture[]> => {
  const grid: SlotGrid = { start: now, slotMs: SLOT_MS, count: HORIZON_SLOTS };
  const countsOf: DispatchInputs['countsOf'] = (venue, point) => {
    const recorded = pack.gateways
      .filter((gateway) => gateway.venue === venue)
      .flatMap(({ points }) => points)
      .find(({ id }) => id === point)?.recorded;
    return recorded ? forecastOf(pack, recorded, grid).values : [];
  };
  const problem = buildDispatchProblem({ pack, feed, grid, countsOf, ...situation });
  // Effort counts, not time: the clock stands still.
  const { plan } = await solveDispatch(problem, {
    solver,
    clock: { now: () => now },
    deadlineMs,
    seed,
    maxNodes: nodes,
  });
  return bind(problem, plan.departures);
};

/** The feed's timetable over a window, as the fleet can drive it without a planner. */
export const followTimetable = ({ pack, feed }: Planning, from: EpochMs, to: EpochMs): readonly BoundDeparture[] => {
  const grid: SlotGrid = { start: from, slotMs: SLOT_MS, count: Math.ceil((to - from) / SLOT_MS) };
  const problem = buildDispatchProblem({ pack, feed, grid, departed: [], waiting: [], countsOf: () => [] });
  const departures = driveTimetable(problem).flatMap(({ pattern, slot }) => {
    const driven = problem.patterns[pattern];
    if (!driven) return [];
    return [{ line: driven.line, pattern: driven.pattern, departs_ms: slotStart(grid, slot), vehicle: '' }];
  });
  return bind(problem, departures);
};

/** How far a plan reaches that is renewed every `cadenceMs`: what leaves before the next one. */
export const untilNext = (
  departures: readonly BoundDeparture[],
  now: EpochMs,
  cadenceMs: number,
): readonly BoundDeparture[] => departures.filter(({ departs_ms }) => departs_ms < epochMs(now + cadenceMs));
