import { HOUR_MS } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import type { Deadhead, DispatchProblem, PatternProblem, Place, Ride, VehicleType } from '../problem/problem.js';

/** What the checks look up in a problem, by name. */
export interface Facts {
  readonly problem: DispatchProblem;
  readonly slots: number;
  readonly slotHours: number;
  readonly patterns: ReadonlyMap<string, PatternProblem>;
  readonly types: ReadonlyMap<string, VehicleType>;
  readonly places: ReadonlyMap<string, Place>;
  readonly findDeadhead: (from: string, to: string) => Deadhead | undefined;
}

export const factsOf = (problem: DispatchProblem): Facts => {
  const deadheads = new Map(problem.deadheads.map((each) => [JSON.stringify([each.from_place, each.to_place]), each]));
  return {
    problem,
    slots: problem.grid.count,
    slotHours: problem.grid.slotMs / HOUR_MS,
    patterns: new Map(problem.patterns.map((each) => [each.pattern, each])),
    types: new Map(problem.vehicle_types.map((each) => [each.id, each])),
    places: new Map(problem.places.map((each) => [each.id, each])),
    findDeadhead: (from, to) => deadheads.get(JSON.stringify([from, to])),
  };
};

/** A departure of a pattern in a slot, as a key: all its vehicles are one to passengers. */
export const departureKey = (pattern: string, slot: number): string => `${slot} ${pattern}`;

/** Types of the vehicles of each departure of the plan, by `departureKey`. Trips of patterns that do not exist are found elsewhere. */
export const departuresOf = ({ problem }: Facts, plan: DispatchPlan): ReadonlyMap<string, readonly string[]> => {
  const typeOf = new Map(problem.vehicles.map(({ id, type }) => [id, type]));
  const departures = new Map<string, string[]>();
  for (const { vehicle, activities } of plan.blocks) {
    for (const activity of activities) {
      const type = typeOf.get(vehicle);
      if (activity.kind !== 'trip' || type === undefined) continue;
      const key = departureKey(activity.pattern, activity.slot);
      const types = departures.get(key);
      if (types) types.push(type);
      else departures.set(key, [type]);
    }
  }
  return departures;
};

/** The calls that a ride uses on a pattern: of all pairs in this order the one that rides for the fewest slots, the earliest of equals. */
export const findCalls = (
  { line, stops }: PatternProblem,
  ride: Ride,
): { readonly board: number; readonly alight: number } | undefined => {
  if (line !== ride.line) return undefined;
  let best: { board: number; alight: number; slots: number } | undefined;
  for (const [board, from] of stops.entries()) {
    if (from.stop !== ride.from_stop) continue;
    // The first call at the destination after boarding is the soonest: offsets never fall.
    const alight = stops.findIndex(({ stop }, place) => place > board && stop === ride.to_stop);
    const slots = (stops[alight]?.offset_slots ?? Infinity) - from.offset_slots;
    if (alight > 0 && (!best || slots < best.slots)) best = { board, alight, slots };
  }
  return best;
};

/** Slots after departure in which the pattern is at a call. */
export const offsetAt = ({ stops }: PatternProblem, call: number): number => stops[call]?.offset_slots ?? 0;

/** The items of each key, in their order. */
export const groupBy = <T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};
