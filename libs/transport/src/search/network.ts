import { slotDuration } from '#libs/kernel';
import { type ArcsOfPlaces, arcsOfPlaces } from './arcs-by-place.js';
import { capacityOf, classesOf, type VehicleClass } from '../problem/classes.js';
import type { DispatchProblem } from '../problem/problem.js';

/** A pattern as an arc of the time-space network. */
export interface PatternArc {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly busy: number;
  readonly km: number;
  /** Where and how late after departure it takes up bays: index of the limit and offset. */
  readonly bayCalls: readonly { readonly bay: number; readonly offset: number }[];
  /** Most departures in each slot; a large number where it is not limited. */
  readonly most: Int32Array;
}

export interface DeadheadArc {
  readonly from: number;
  readonly to: number;
  readonly slots: number;
  readonly km: number;
}

/** A class of vehicles on the network. */
export interface FleetClass extends VehicleClass {
  /** Index among the pairs of places and accessible places: classes of one kind are the same to passengers. */
  readonly kind: number;
  /** Vehicles that become ready at each node. */
  readonly supply: Int32Array;
  /** Cost of one departure on each pattern; infinite where the type may not drive it. */
  readonly tripCost: Float64Array;
  readonly deadheadCost: Float64Array;
}

/** Places for people and accessible places of a vehicle. */
export interface CapacityKind {
  readonly capacity: number;
  readonly accessible: number;
}

/**
 * The time-space network. A node is a place at the start of a slot, numbered slot x places + place; after the horizon all is one node, the sink.
 * A trip is numbered pattern x slots + slot of departure, a deadhead likewise.
 */
export interface Network {
  readonly slots: number;
  readonly slotHours: number;
  readonly places: number;
  readonly sink: number;
  readonly classes: readonly FleetClass[];
  readonly kinds: readonly CapacityKind[];
  readonly patterns: readonly PatternArc[];
  readonly deadheads: readonly DeadheadArc[];
  /** The deadheads. */
  readonly byPlace: ArcsOfPlaces;
  /** Calls that each bay limit leaves free in each slot, numbered bay x slots + slot. */
  readonly bays: Int32Array;
}

/** The node of a place at a slot: the sink after the horizon. */
export const nodeAt = ({ places, slots, sink }: Network, place: number, slot: number): number =>
  slot < slots ? slot * places + place : sink;

/** More departures than anybody makes. */
export const UNLIMITED = 1_000_000;

export const buildNetwork = (problem: DispatchProblem): Network => {
  const slots = problem.grid.count;
  const slotHours = slotDuration(problem.grid) / 3600;
  const placeIndex = new Map(problem.places.map(({ id }, index) => [id, index]));
  const place = (id: string): number => placeIndex.get(id) ?? -1;
  const places = problem.places.length;
  const bayIndex = new Map(problem.bays.map(({ stop }, index) => [stop, index]));
  const patterns = problem.patterns.map((pattern, index): PatternArc => ({
    index,
    from: place(pattern.from_place),
    to: place(pattern.to_place),
    busy: pattern.busy_slots,
    km: pattern.km,
    bayCalls: pattern.stops.flatMap(({ stop, offset_slots }) => {
      const bay = bayIndex.get(stop);
      return bay === undefined ? [] : [{ bay, offset: offset_slots }];
    }),
    most: Int32Array.from({ length: slots }, (_, slot) => pattern.most?.[slot] ?? UNLIMITED),
  }));
  const deadheads = problem.deadheads.map(({ from_place, to_place, slots: taken, km }): DeadheadArc => ({
    from: place(from_place),
    to: place(to_place),
    slots: taken,
    km,
  }));
  const kinds: CapacityKind[] = [];
  const kindOf = (capacity: number, accessible: number): number => {
    const known = kinds.findIndex((kind) => kind.capacity === capacity && kind.accessible === accessible);
    return known >= 0 ? known : kinds.push({ capacity, accessible }) - 1;
  };
  const classes = classesOf(problem).map((vehicleClass): FleetClass => {
    const { type } = vehicleClass;
    const supply = new Int32Array(places * slots);
    for (const vehicle of vehicleClass.vehicles) {
      const node = Math.max(0, vehicle.ready_slot) * places + place(vehicle.place);
      if (vehicle.ready_slot < slots) supply[node] = (supply[node] ?? 0) + 1;
    }
    const drivingCost = (taken: number, km: number): number =>
      type.cost_per_hour * taken * slotHours + type.cost_per_km * km;
    const allowed = problem.patterns.map(({ types }) => types?.includes(type.id) ?? true);
    return {
      ...vehicleClass,
      kind: kindOf(capacityOf(type), type.accessible),
      supply,
      tripCost: Float64Array.from(patterns, ({ index, busy, km }) =>
        allowed[index] ? drivingCost(busy, km) : Infinity,
      ),
      deadheadCost: Float64Array.from(deadheads, (deadhead) => drivingCost(deadhead.slots, deadhead.km)),
    };
  });
  return {
    slots,
    slotHours,
    places,
    sink: places * slots,
    classes,
    kinds,
    patterns,
    deadheads,
    byPlace: arcsOfPlaces(
      places,
      deadheads.map(({ from, to, slots: taken }, index) => ({ index, from, to, taken })),
    ),
    bays: freeBays(problem, patterns),
  };
};

/** What those under way leave of the bays. */
const freeBays = (problem: DispatchProblem, patterns: readonly PatternArc[]): Int32Array => {
  const slots = problem.grid.count;
  const free = Int32Array.from(
    { length: problem.bays.length * slots },
    (_, at) => problem.bays[Math.floor(at / slots)]?.bays ?? 0,
  );
  const patternIndex = new Map(problem.patterns.map(({ pattern }, index) => [pattern, index]));
  for (const { pattern, slot } of problem.under_way) {
    for (const { bay, offset } of patterns[patternIndex.get(pattern) ?? -1]?.bayCalls ?? []) {
      const at = slot + offset;
      if (at >= 0 && at < slots) free[bay * slots + at] = Math.max(0, (free[bay * slots + at] ?? 0) - 1);
    }
  }
  return free;
};
