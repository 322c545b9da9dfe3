import { epochMs } from '#libs/kernel';

import type { DispatchProblem, PatternProblem, Ride, UnderWay, Vehicle } from './contract.js';
import type { RidePeople } from './demand-day.js';
import type { Order } from './dispatcher.js';
import type { ExpectedTrip, ExpectedVehicle } from './project-fleet.js';

/** A vehicle that is expected so much after a slot's start is ready in it: it leaves late rather than a slot later, s. */
const LATE_S = 60;
/** What leaves so soon has been announced, s. */
const ANNOUNCED_S = 3600;

export interface RollingInputs {
  /** Slot of the day in which the plan begins. */
  readonly slot: number;
  /** Slots that it covers. */
  readonly count: number;
  readonly people: readonly RidePeople[];
  /** By ride, when the plan begins. */
  readonly waiting: readonly number[];
  readonly vehicles: readonly ExpectedVehicle[];
  readonly trips: readonly ExpectedTrip[];
  /** Orders that are to begin in the plan's time; undefined before the first plan. */
  readonly announced: readonly Order[] | undefined;
  /** Departures of each pattern before the plan. */
  readonly made: ReadonlyMap<string, number>;
}

/** The day from one of its slots on, as a dispatch problem. Past the day's end nobody comes and nothing is asked. */
export const buildRollingProblem = (instance: DispatchProblem, inputs: RollingInputs): DispatchProblem => {
  const { slot, count } = inputs;
  const { grid } = instance;
  return {
    ...instance,
    grid: { ...grid, start: epochMs(grid.start + slot * grid.slotMs), count },
    vehicles: inputs.vehicles.flatMap((vehicle) => rollVehicle(vehicle, inputs, grid.slotMs / 1000)),
    patterns: instance.patterns.map((pattern) => rollPattern(pattern, inputs, grid.slotMs / 1000)),
    rides: instance.rides.map((ride, index) => rollRide(ride, index, inputs)),
    under_way: inputs.trips.flatMap((trip) => rollTrip(trip, inputs, grid.slotMs / 1000)),
  };
};

/** Values of the plan's slots, `past` after the end of the day. */
const windowOf = <T>(values: readonly T[], { slot, count }: RollingInputs, past: T): readonly T[] =>
  Array.from({ length: count }, (_, index) => values[slot + index] ?? past);

const rollVehicle = (
  { vehicle, place, freeS, chargeKwh, calledOut }: ExpectedVehicle,
  { slot, count }: RollingInputs,
  slotS: number,
): readonly Vehicle[] => {
  const { id, type, until_slot, call_out_cost = 0 } = vehicle;
  const ready = Math.max(0, Math.ceil((freeS - LATE_S) / slotS) - slot);
  const until = until_slot === undefined ? undefined : until_slot - slot;
  if (ready >= count || (until !== undefined && until <= ready)) return [];
  return [
    {
      id,
      type,
      place,
      ready_slot: ready,
      ...(until === undefined ? {} : { until_slot: until }),
      ...(chargeKwh === undefined ? {} : { charge_kwh: Math.max(0, chargeKwh) }),
      ...(calledOut || call_out_cost === 0 ? {} : { call_out_cost }),
    },
  ];
};

const rollPattern = (pattern: PatternProblem, inputs: RollingInputs, slotS: number): PatternProblem => {
  const { scheduled, least, added, most, ...way } = pattern;
  const made = inputs.made.get(pattern.pattern) ?? 0;
  // The floor ends with the day.
  const floor = least && windowOf(least, inputs, least.at(-1) ?? 0).map((count) => Math.max(0, count - made));
  return {
    ...way,
    ...(scheduled ? { scheduled: windowOf(scheduled, inputs, 0) } : {}),
    ...(floor ? { least: floor } : {}),
    ...(added ? { added: windowOf(added, inputs, 0) } : {}),
    ...(most ? { most: windowOf(most, inputs, null) } : {}),
    previous: inputs.announced ? announcedOf(pattern, inputs.announced, inputs, slotS) : [],
  };
};

const announcedOf = (
  { pattern }: PatternProblem,
  orders: readonly Order[],
  { slot, count }: RollingInputs,
  slotS: number,
): readonly number[] => {
  const departures = new Array<number>(Math.min(count, Math.round(ANNOUNCED_S / slotS))).fill(0);
  for (const order of orders) {
    const at = Math.floor(order.at_s / slotS) - slot;
    if (order.kind === 'trip' && order.pattern === pattern && at >= 0 && at < departures.length)
      departures[at] = (departures[at] ?? 0) + 1;
  }
  return departures;
};

const rollRide = (ride: Ride, index: number, inputs: RollingInputs): Ride => {
  const { board_by_slot, ...rest } = ride;
  return {
    ...rest,
    waiting: inputs.waiting[index] ?? 0,
    arrivals: windowOf(inputs.people[index]?.arrivals ?? [], inputs, 0),
    ...(board_by_slot === undefined ? {} : { board_by_slot: Math.max(0, board_by_slot - inputs.slot) }),
  };
};

/** A departure before the plan whose vehicle still calls somewhere in it. */
const rollTrip = (
  { pattern, vehicle, leavesS }: ExpectedTrip,
  { slot }: RollingInputs,
  slotS: number,
): readonly UnderWay[] => {
  const left = Math.min(-1, Math.round(leavesS / slotS) - slot);
  const lastCall = left + (pattern.value.stops.at(-1)?.offset_slots ?? 0);
  return lastCall < 0 ? [] : [{ pattern: pattern.value.pattern, vehicle: vehicle.id, type: vehicle.type, slot: left }];
};
