import { HOUR_MS } from '#libs/kernel';
import type { DispatchPlan } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import { checkFlows } from './check-flows.js';
import { checkVehicles } from './check-vehicles.js';
import { differs } from './tolerance.js';

/** What is wrong with a plan; empty when it holds every limit. Written without the solver's code, from the problem's words alone. */
export const checkDispatch = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] => [
  ...checkVehicles(problem, plan),
  ...checkFloor(problem, plan),
  ...checkWords(problem, plan),
  ...checkFlows(problem, plan),
  ...checkSums(problem, plan),
  ...checkCost(problem, plan),
];

const checkFloor = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] =>
  problem.patterns.flatMap(({ line, least }) => {
    const counts = plan.lines.find((entry) => entry.line === line)?.departures ?? [];
    let made = 0;
    return least.flatMap((needed, slot) => {
      made += counts[slot] ?? 0;
      return made < needed ? [`Line ${line} made ${made} departures by slot ${slot}; at least ${needed} are due.`] : [];
    });
  });

const checkWords = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] =>
  problem.patterns.flatMap(({ line, added = [], most = [] }) => {
    const leaving = (slot: number): number =>
      plan.departures.filter(
        (departure) =>
          departure.line === line && departure.departs_ms === problem.grid.start + slot * problem.grid.slotMs,
      ).length;
    return [
      ...added.flatMap((asked, slot) =>
        leaving(slot) < asked
          ? [`People added ${asked} departures of line ${line} in slot ${slot}; ${leaving(slot)} leave.`]
          : [],
      ),
      ...most.flatMap((limit, slot) =>
        limit !== null && leaving(slot) > limit
          ? [`${leaving(slot)} departures of line ${line} leave in slot ${slot}; people allow ${limit}.`]
          : [],
      ),
    ];
  });

const checkSums = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] => {
  const wrong: string[] = [];
  const total = (slot: number, of: (ride: DispatchPlan['rides'][number]) => boolean): number =>
    plan.rides.filter(of).reduce((sum, { queue }) => sum + (queue[slot] ?? 0), 0);
  for (let slot = 0; slot < problem.grid.count; slot += 1) {
    for (const { line, queue } of plan.lines) {
      const people = total(slot, (ride) => ride.line === line);
      if (differs(queue[slot] ?? 0, people))
        wrong.push(`Line ${line} shows a queue of ${queue[slot]} in slot ${slot}; it is ${people}.`);
    }
    for (const { stop, queue } of plan.stops) {
      const people = total(slot, (ride) => ride.from_stop === stop);
      if (differs(queue[slot] ?? 0, people))
        wrong.push(`Stop ${stop} shows a queue of ${queue[slot]} in slot ${slot}; it is ${people}.`);
    }
  }
  const left = plan.unserved.reduce((sum, { passengers }) => sum + passengers, 0);
  const waiting = total(problem.grid.count - 1, () => true);
  if (differs(left, waiting)) wrong.push(`${left} people are shown unserved; ${waiting} wait at the end.`);
  return wrong;
};

const checkCost = (problem: DispatchProblem, { rides, lines, cost }: DispatchPlan): readonly string[] => {
  const hours = problem.grid.slotMs / HOUR_MS;
  const queued = rides.reduce((sum, { queue }) => sum + queue.reduce((all, people) => all + people, 0), 0);
  const came = problem.demand.reduce((sum, { arrivals }) => sum + arrivals.reduce((all, people) => all + people, 0), 0);
  const waiting = (queued - came / 2) * hours * problem.waiting_cost_per_hour;
  const vehicles = lines.reduce((sum, { line, departures }) => {
    const cycle = problem.patterns.find((pattern) => pattern.line === line)?.cycle_slots ?? 0;
    return sum + departures.reduce((all, count) => all + count, 0) * cycle * hours * problem.vehicle_cost_per_hour;
  }, 0);
  return [
    ...(differs(cost.waiting, waiting) ? [`Waiting is priced ${cost.waiting}; it costs ${waiting}.`] : []),
    ...(differs(cost.vehicles, vehicles) ? [`Vehicles are priced ${cost.vehicles}; they cost ${vehicles}.`] : []),
    ...(differs(cost.total, waiting + vehicles) ? [`The total is ${cost.total}, not ${waiting + vehicles}.`] : []),
  ];
};
