import type { DispatchPlan, RideFlow } from '../plan.js';
import type { DispatchProblem, PatternProblem } from '../problem.js';
import { differs, TOLERANCE } from './tolerance.js';

interface Flow extends RideFlow {
  /** Stop indices in the pattern. */
  readonly board: number;
  readonly alight: number;
}

/** Nobody is lost or made up, nobody boards before coming, and nobody rides without a seat. */
export const checkFlows = (problem: DispatchProblem, plan: DispatchPlan): readonly string[] => {
  const wrong: string[] = [];
  for (const pattern of problem.patterns) {
    const flows = plan.rides.filter((ride) => ride.line === pattern.line).map((ride) => locate(pattern, ride));
    wrong.push(...checkSeats(problem, plan, pattern, flows));
    for (const flow of flows) wrong.push(...checkQueue(problem, pattern, flows, flow));
  }
  for (const [index, ride] of problem.demand.entries()) {
    const flows = plan.rides.filter(({ demand }) => demand === index);
    const [first, last] = [flows[0], flows.at(-1)];
    const joined = flows.every((flow, part) => part === 0 || flows[part - 1]?.to_stop === flow.from_stop);
    if (first?.from_stop !== ride.from_stop || last?.to_stop !== ride.to_stop || !joined) {
      wrong.push(`The ride from ${ride.from_stop} to ${ride.to_stop} on line ${ride.line} is not a chain of flows.`);
    }
  }
  return wrong;
};

/** Where a flow boards and alights: the pair of calls in this order that is closest in time. */
const locate = ({ stops }: PatternProblem, ride: RideFlow): Flow => {
  let best = { board: -1, alight: -1 };
  let shortest = Infinity;
  for (const [board, from] of stops.entries()) {
    for (const [alight, to] of stops.entries()) {
      if (board >= alight || from.stop !== ride.from_stop || to.stop !== ride.to_stop) continue;
      const length = (to.offset_slots - from.offset_slots) * stops.length + alight - board;
      if (length < shortest) [best, shortest] = [{ board, alight }, length];
    }
  }
  return { ...ride, ...best };
};

const offsetOf = (pattern: PatternProblem, stop: number): number => pattern.stops[stop]?.offset_slots ?? 0;

/** People who change into a flow in a slot: those of the flow before it who alight then. */
const changeInto = (pattern: PatternProblem, flows: readonly Flow[], flow: Flow, slot: number): number => {
  const before = flows.find(
    (other) => other.demand === flow.demand && other !== flow && other.to_stop === flow.from_stop && flow.board === 0,
  );
  if (!before) return 0;
  return before.boarded[slot - offsetOf(pattern, before.alight) + offsetOf(pattern, before.board)] ?? 0;
};

const checkQueue = (
  problem: DispatchProblem,
  pattern: PatternProblem,
  flows: readonly Flow[],
  flow: Flow,
): readonly string[] => {
  const name = `the ride from ${flow.from_stop} to ${flow.to_stop} on line ${flow.line}`;
  if (flow.board < 0) return [`Line ${flow.line} does not serve ${name}.`];
  const ride = problem.demand[flow.demand];
  const starts = flows.find(({ demand }) => demand === flow.demand) === flow;
  const wrong: string[] = [];
  let waiting = starts ? (ride?.waiting ?? 0) : 0;
  for (let slot = 0; slot < problem.grid.count; slot += 1) {
    const boards = flow.boarded[slot] ?? 0;
    waiting += changeInto(pattern, flows, flow, slot);
    if (boards < -TOLERANCE || boards > waiting + TOLERANCE * Math.max(1, waiting)) {
      wrong.push(`${boards} people board for ${name} in slot ${slot}; ${waiting} wait.`);
    }
    waiting += (starts ? (ride?.arrivals[slot] ?? 0) : 0) - boards;
    if (differs(waiting, flow.queue[slot] ?? NaN)) {
      wrong.push(`${flow.queue[slot]} people are shown waiting for ${name} after slot ${slot}; ${waiting} are.`);
    }
  }
  return wrong;
};

const checkSeats = (
  problem: DispatchProblem,
  plan: DispatchPlan,
  pattern: PatternProblem,
  flows: readonly Flow[],
): readonly string[] => {
  const wrong: string[] = [];
  const counts = plan.lines.find(({ line }) => line === pattern.line)?.departures ?? [];
  const underWay = problem.under_way.filter(({ line }) => line === pattern.line);
  const earliest = Math.min(0, ...underWay.map(({ slot }) => slot), -pattern.cycle_slots);
  for (let left = earliest; left < problem.grid.count; left += 1) {
    const vehicles = (counts[left] ?? 0) + underWay.filter(({ slot }) => slot === left).length;
    for (let segment = 0; segment + 1 < pattern.stops.length; segment += 1) {
      const aboard = flows
        .filter(({ board, alight }) => board <= segment && segment < alight)
        .reduce((sum, flow) => sum + (flow.boarded[left + offsetOf(pattern, flow.board)] ?? 0), 0);
      if (aboard > vehicles * pattern.seats + TOLERANCE * Math.max(1, aboard)) {
        const where = `after stop ${segment} of line ${pattern.line}, departed in slot ${left}`;
        wrong.push(`${aboard} people ride ${where}, on ${vehicles * pattern.seats} seats.`);
      }
    }
  }
  return wrong;
};
