import { slotDuration } from '#libs/kernel';
import type { DispatchProblem, Ride } from '../problem/problem.js';

/** What people of a ride cost, ready to add up. Numbered as in the problem. */
export interface RideTerms {
  readonly index: number;
  /** Waiting price of one person's hour: whose is higher boards first. */
  readonly priority: number;
  readonly accessible: boolean;
  /** Ride that those who alight go on with, or -1. */
  readonly then: number;
  /** People who have come before each slot, the initially waiting included; one entry more than slots. */
  readonly comeBefore: Float64Array;
  /** Cost that one person who boards in each slot saves: waiting from then on, and being left. */
  readonly worth: Float64Array;
  /** Of those who have come by each slot's end, how many are late if they still wait. Empty where nobody is ever late. */
  readonly due: Float64Array;
  /** Cost of one late person's slot. */
  readonly lateCost: number;
  /** Cost when nobody boards, lateness left out. */
  readonly idleCost: number;
}

export const rideTermsOf = (problem: DispatchProblem): readonly RideTerms[] => {
  const groups = new Map(problem.groups.map((group) => [group.id, group]));
  const continued = new Set(problem.rides.map(({ then }) => then));
  const slots = problem.grid.count;
  const slotHours = slotDuration(problem.grid) / 3600;
  return problem.rides.map((ride, index) => {
    const group = groups.get(ride.group);
    const waitCost = (group?.waiting_cost_per_hour ?? 0) * slotHours;
    const lateCost = (group?.late_cost_per_hour ?? 0) * slotHours;
    const comeBefore = comeBeforeOf(ride, slots);
    const left = problem.prices.left_wait_slots;
    let idleCost = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      idleCost += waitCost * ((comeBefore[slot + 1] ?? 0) - (ride.arrivals[slot] ?? 0) / 2);
    }
    return {
      index,
      priority: group?.waiting_cost_per_hour ?? 0,
      accessible: ride.accessible ?? false,
      then: ride.then ?? -1,
      comeBefore,
      worth: Float64Array.from({ length: slots }, (_, slot) => waitCost * (slots - slot + left)),
      due: !continued.has(index) ? dueOf(ride, group?.longest_wait_slots, comeBefore, slots) : new Float64Array(),
      lateCost,
      idleCost: idleCost + waitCost * left * (comeBefore[slots] ?? 0),
    };
  });
};

const comeBeforeOf = (ride: Ride, slots: number): Float64Array => {
  const come = new Float64Array(slots + 1);
  come[0] = ride.waiting;
  for (let slot = 0; slot < slots; slot += 1) come[slot + 1] = (come[slot] ?? 0) + (ride.arrivals[slot] ?? 0);
  return come;
};

/** Late at a slot's end: who came more than the longest wait ago, and everybody once boarding was due. */
const dueOf = (ride: Ride, longestWait: number | undefined, comeBefore: Float64Array, slots: number): Float64Array => {
  const boardBy = ride.board_by_slot ?? Infinity;
  if (longestWait === undefined && boardBy >= slots) return new Float64Array();
  return Float64Array.from({ length: slots }, (_, slot) => {
    if (slot >= boardBy) return comeBefore[slot + 1] ?? 0;
    if (longestWait === undefined || slot - longestWait < -1) return 0;
    return comeBefore[slot - longestWait + 1] ?? 0;
  });
};
