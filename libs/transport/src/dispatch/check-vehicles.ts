import type { Departure, DispatchPlan } from '../plan.js';
import type { DispatchProblem } from '../problem.js';

/** Every departure leaves at a slot's start with a known vehicle that is ready, and no vehicle is in two places. */
export const checkVehicles = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] => [
  ...plan.departures.flatMap((departure) => checkDeparture(problem, departure)),
  ...plan.lines.flatMap(({ line, departures }) => checkCounts(problem, plan, line, departures)),
  ...problem.vehicles.flatMap((vehicle) => checkVehicle(problem, plan, vehicle)),
  ...checkUsed(problem, plan),
];

const slotOf = ({ grid }: DispatchProblem, departure: Departure): number =>
  (departure.departs_ms - grid.start) / grid.slotMs;

const checkDeparture = (problem: DispatchProblem, departure: Departure): readonly string[] => {
  const slot = slotOf(problem, departure);
  const { line, pattern, vehicle } = departure;
  return [
    ...(Number.isInteger(slot) && slot >= 0 && slot < problem.grid.count
      ? []
      : [`A departure of line ${line} leaves in slot ${slot}.`]),
    ...(problem.patterns.some((known) => known.line === line && known.pattern === pattern)
      ? []
      : [`Line ${line} has no pattern ${pattern}.`]),
    ...(problem.vehicles.includes(vehicle) ? [] : [`There is no vehicle ${vehicle}.`]),
  ];
};

const checkCounts = (
  problem: DispatchProblem,
  plan: DispatchPlan,
  line: string,
  counts: readonly number[],
): readonly string[] =>
  counts.flatMap((count, slot) => {
    const listed = plan.departures.filter((each) => each.line === line && slotOf(problem, each) === slot).length;
    return listed === count ? [] : [`Line ${line} counts ${count} departures in slot ${slot} and lists ${listed}.`];
  });

const checkVehicle = (problem: DispatchProblem, plan: DispatchPlan, vehicle: string): readonly string[] => {
  let readySlot = problem.ready_slot[vehicle] ?? 0;
  return plan.departures
    .filter((departure) => departure.vehicle === vehicle)
    .sort((a, b) => a.departs_ms - b.departs_ms)
    .flatMap((departure) => {
      const slot = slotOf(problem, departure);
      const early = slot < readySlot;
      const message = `Vehicle ${vehicle} leaves on line ${departure.line} in slot ${slot}; it is ready in slot ${readySlot}.`;
      readySlot = slot + (problem.patterns.find(({ line }) => line === departure.line)?.cycle_slots ?? 0);
      return early ? [message] : [];
    });
};

const checkUsed = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] =>
  plan.vehicles_used.flatMap((used, slot) => {
    const before = problem.vehicles.filter((vehicle) => (problem.ready_slot[vehicle] ?? 0) > slot).length;
    const now = plan.departures.filter((departure) => {
      const cycle = problem.patterns.find(({ line }) => line === departure.line)?.cycle_slots ?? 0;
      const left = slotOf(problem, departure);
      return left <= slot && slot < left + cycle;
    }).length;
    return before + now === used && used <= problem.vehicles.length
      ? []
      : [
          `${used} vehicles are shown under way in slot ${slot}; they are ${before + now} of ${problem.vehicles.length}.`,
        ];
  });
