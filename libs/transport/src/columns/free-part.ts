import type { CompiledProblem } from '../search/compile.js';
import type { FleetClass } from '../search/network.js';
import { add } from '../search/schedule.js';
import type { Snapshot } from '../search/snapshot.js';

/** The fleet of a class, as far as it is planned anew. Arrays by node. */
export interface FreeFleet {
  /** Index of the class. */
  readonly vehicles: number;
  /** Vehicles that become ready at a node. */
  readonly supply: Int32Array;
  /** Vehicles that wait at a node to be called; all zero where that costs nothing. */
  readonly callable: Int32Array;
}

/** What of a plan is open: the departures of all strands and all empty rides, of all but some vehicles. */
export interface FreePart {
  readonly compiled: CompiledProblem;
  /** Indices of the strands. */
  readonly strands: readonly number[];
  /** Of the larger classes whose batteries last. Of the others those that must be called out are not, the rest do what they do. */
  readonly fleets: readonly FreeFleet[];
  /** Calls that are left, by bay and slot, after what stays as it is. */
  readonly bayRoom: Int32Array;
  /** Departures that stay as they are: by kind and trip number. */
  readonly given: readonly Int32Array[];
  /** What the open part costs now. */
  readonly cost: number;
  /** What vehicles do now. */
  readonly now: FleetCounts;
}

/** What vehicles of each class do: by class, trip or deadhead or node. */
export type FleetCounts = Pick<Snapshot, 'trips' | 'deadheads' | 'calls'>;

/** Classes with fewer vehicles than this share of the largest stay as they are: each adds as many rows as a large one. */
const SMALL = 0.1;

/** Indices of the larger classes whose batteries last. */
export const openClasses = (classes: readonly FleetClass[]): readonly number[] => {
  const largest = Math.max(0, ...classes.map(({ vehicles }) => vehicles.length));
  return [...classes.keys()].filter((index) => {
    const { watched = true, vehicles = [] } = classes[index] ?? {};
    return !watched && vehicles.length >= SMALL * largest;
  });
};

export const freePartOf = (compiled: CompiledProblem, now: Snapshot): FreePart => {
  const { network, strands } = compiled;
  const { slots, sink } = network;
  const bayRoom = network.bays.slice();
  const given = network.kinds.map(() => new Int32Array(network.patterns.length * slots));
  const fleets: FreeFleet[] = [];
  const open = new Set(openClasses(network.classes));
  let cost = now.strandCosts.reduce((sum, of) => sum + of, 0);
  for (const [vehicles, vehicleClass] of network.classes.entries()) {
    const { supply, callOutCost, kind, tripCost, deadheadCost } = vehicleClass;
    const [trips, deadheads, calls] = [now.trips[vehicles], now.deadheads[vehicles], now.calls[vehicles]];
    const isOpen = open.has(vehicles);
    if (!isOpen && callOutCost > 0) continue;
    for (const { index, bayCalls } of network.patterns) {
      for (let slot = 0; slot < slots; slot += 1) {
        const trip = index * slots + slot;
        const count = trips?.[trip] ?? 0;
        if (count === 0) continue;
        if (isOpen) {
          cost += count * (tripCost[index] ?? 0);
          continue;
        }
        add(given[kind], trip, count);
        for (const { bay, offset } of bayCalls)
          if (slot + offset < slots) add(bayRoom, bay * slots + slot + offset, -count);
      }
    }
    if (!isOpen) continue;
    const none = new Int32Array(sink);
    fleets.push({
      vehicles,
      supply: callOutCost > 0 ? none : supply,
      callable: callOutCost > 0 ? supply : none,
    });
    deadheads?.forEach((count, at) => (cost += count * (deadheadCost[Math.floor(at / slots)] ?? 0)));
    calls?.forEach((count) => (cost += count * callOutCost));
  }
  return { compiled, strands: [...strands.keys()], fleets, bayRoom, given, cost, now };
};

/** All of a plan, whose cost is given, with all vehicles, those whose batteries may not last as if they did: what a bound is of. */
export const wholePartOf = (compiled: CompiledProblem, cost: number): FreePart => {
  const { classes, kinds, patterns, slots, bays, sink } = compiled.network;
  const none = new Int32Array(sink);
  return {
    compiled,
    strands: [...compiled.strands.keys()],
    fleets: classes.map(({ supply, callOutCost }, vehicles) => ({
      vehicles,
      supply: callOutCost > 0 ? none : supply,
      callable: callOutCost > 0 ? supply : none,
    })),
    bayRoom: bays,
    given: kinds.map(() => new Int32Array(patterns.length * slots)),
    cost,
    now: { trips: [], deadheads: [], calls: [] },
  };
};
