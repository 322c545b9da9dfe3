import { HOUR_MS } from '#libs/kernel';
import type { DispatchProblem, PatternProblem } from '../problem.js';
import { type Call, callsOf, evaluateLine, type LineDeparture, type LineFlow, type LineLeg } from './evaluate-line.js';
import { changePrice } from './change-cost.js';
import { legsOf } from './legs.js';

/** What one line is to the search: its waiting depends on its own departures alone; only the fleet joins the lines. */
export interface Line {
  readonly pattern: PatternProblem;
  readonly legs: readonly LineLeg[];
  readonly calls: readonly Call[];
  /** Index of each leg's demand. */
  readonly demand: readonly number[];
  /** Departures under way, by slot. */
  readonly underWay: ReadonlyMap<number, number>;
  /** Cost of one more departure. */
  readonly departureCost: number;
  /** Price of one departure taken out or put in against what is announced. */
  readonly changePrice: number;
  /** Cost of one person in the queue for one slot. */
  readonly slotCost: number;
  readonly slots: number;
}

export const linesOf = (problem: DispatchProblem): readonly Line[] => {
  const legs = legsOf(problem);
  const hours = problem.grid.slotMs / HOUR_MS;
  return problem.patterns.map((pattern, index) => {
    const own = legs.flatMap((leg, position) => (leg.pattern === index ? [{ leg, position }] : []));
    const places = new Map(own.map(({ position }, place) => [position, place]));
    const underWay = new Map<number, number>();
    for (const { line, slot } of problem.under_way) {
      if (line === pattern.line) underWay.set(slot, (underWay.get(slot) ?? 0) + 1);
    }
    const lineLegs = own.map(({ leg }) => ({
      ...leg,
      next: leg.next === undefined ? undefined : places.get(leg.next),
    }));
    return {
      pattern,
      legs: lineLegs,
      calls: callsOf(lineLegs),
      demand: own.map(({ leg }) => leg.demand),
      underWay,
      departureCost: problem.vehicle_cost_per_hour * pattern.cycle_slots * hours,
      changePrice: changePrice(problem),
      slotCost: problem.waiting_cost_per_hour * hours,
      slots: problem.grid.count,
    };
  });
};

/** All departures of a line in time order: under way, and planned. */
export const departuresOfLine = (line: Line, planned: readonly number[]): readonly LineDeparture[] => {
  const vehicles = new Map(line.underWay);
  for (const [slot, count] of planned.entries()) if (count > 0) vehicles.set(slot, (vehicles.get(slot) ?? 0) + count);
  return [...vehicles].map(([slot, count]) => ({ slot, vehicles: count })).sort((a, b) => a.slot - b.slot);
};

export const flowOfLine = (line: Line, planned: readonly number[]): LineFlow =>
  evaluateLine(line.slots, line.pattern.seats, line.legs, line.calls, departuresOfLine(line, planned));

/**
 * Cost of the waiting in a flow. People come evenly over a slot, so in their first slot they wait half of it:
 * the slots waited are the sum over slots of queue - arrivals / 2.
 */
export const waitingCost = (line: Line, flow: LineFlow): number => {
  let slotsWaited = 0;
  for (const [leg, { arrivals }] of line.legs.entries()) {
    const queue = flow.queue[leg];
    if (!queue) continue;
    for (let slot = 0; slot < queue.length; slot += 1) slotsWaited += (queue[slot] ?? 0) - (arrivals[slot] ?? 0) / 2;
  }
  return slotsWaited * line.slotCost;
};

export const vehicleCost = (line: Line, planned: readonly number[]): number =>
  planned.reduce((sum, count) => sum + count, 0) * line.departureCost;
