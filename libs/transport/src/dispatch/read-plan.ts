import { HOUR_MS } from '#libs/kernel';
import type { DispatchPlan } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import { assignVehicles } from './assign-vehicles.js';
import { evaluateDepartures } from './evaluate.js';
import { type DepartureCounts, heldUntil } from './fleet.js';
import { readFlows } from './read-flows.js';
import { timetableDepartures } from './timetable.js';

/** The plan that these departures make. Throws when they need more vehicles than there are. */
export const readDispatchPlan = (problem: DispatchProblem, departures: DepartureCounts): DispatchPlan => {
  const evaluation = evaluateDepartures(problem, departures);
  const rides = readFlows(problem, evaluation);
  const sum = (rows: readonly (readonly number[])[]): readonly number[] =>
    Array.from({ length: problem.grid.count }, (_, slot) => rows.reduce((total, row) => total + (row[slot] ?? 0), 0));
  return {
    grid: problem.grid,
    departures: assignVehicles(problem, departures),
    lines: evaluation.lines.map(({ line, flow, waitingCost }, index) => {
      const people = line.legs.reduce(
        (total, leg) => total + leg.waiting + leg.arrivals.reduce((all, came) => all + came, 0),
        0,
      );
      const waitedS = (waitingCost / problem.waiting_cost_per_hour) * (HOUR_MS / 1000);
      return {
        line: line.pattern.line,
        departures: [...(departures[index] ?? [])],
        queue: sum(flow.queue),
        mean_wait_s: people > 0 ? waitedS / people : 0,
      };
    }),
    rides,
    stops: [...new Set(rides.map((ride) => ride.from_stop))].map((stop) => ({
      stop,
      queue: sum(rides.filter((ride) => ride.from_stop === stop).map(({ queue }) => queue)),
    })),
    vehicles_used: vehiclesUsed(problem, departures),
    unserved: rides.flatMap(({ line, from_stop, to_stop, queue }) => {
      const passengers = queue.at(-1) ?? 0;
      return passengers > NOBODY ? [{ line, from_stop, to_stop, passengers }] : [];
    }),
    cost: {
      waiting: evaluation.waiting,
      vehicles: evaluation.vehicles,
      total: evaluation.total,
      timetable: evaluateDepartures(problem, timetableDepartures(problem)).total,
    },
  };
};

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-6;

/** Vehicles that a departure holds in each slot, those under way at the start included. */
const vehiclesUsed = (problem: DispatchProblem, departures: DepartureCounts): readonly number[] => {
  const { count } = problem.grid;
  const used = Array.from(
    { length: count },
    (_, slot) => problem.vehicles.filter((vehicle) => (problem.ready_slot[vehicle] ?? 0) > slot).length,
  );
  for (const [index, pattern] of problem.patterns.entries()) {
    for (const [slot, vehicles] of (departures[index] ?? []).entries()) {
      for (let held = slot; held < heldUntil(pattern, slot, count); held += 1)
        used[held] = (used[held] ?? 0) + vehicles;
    }
  }
  return used;
};
