import { epochMs } from '#libs/kernel';
import type { DispatchProblem, Group, PatternProblem, Ride, Vehicle, VehicleType } from '../problem/problem.js';

type TinyPattern = Pick<PatternProblem, 'pattern'> &
  Partial<PatternProblem> & {
    /** `[stop, offset_slots]` in order. */
    readonly calls: readonly (readonly [string, number])[];
  };
type TinyRide = Pick<Ride, 'from_stop' | 'to_stop' | 'arrivals'> & Partial<Ride>;
type TinyVehicle = Partial<Vehicle>;

export type TinyDispatch = Partial<
  Omit<DispatchProblem, 'patterns' | 'rides' | 'vehicles' | 'vehicle_types' | 'groups' | 'prices'>
> & {
  readonly slots: number;
  readonly patterns: readonly TinyPattern[];
  readonly rides: readonly TinyRide[];
  /** One a vehicle; what is left out: a bus that stands at `depot` from the start. */
  readonly vehicles: readonly TinyVehicle[];
  readonly vehicle_types?: readonly (Partial<VehicleType> & { readonly id: string })[];
  readonly groups?: readonly (Partial<Group> & { readonly id: string })[];
  readonly prices?: Partial<DispatchProblem['prices']>;
};

/**
 * A dispatch problem of slots of 6 minutes in which a bus has 10 seats and costs 1 a slot of driving, and a person's slot at a stop costs 1. Patterns are
 * round trips on line L from `depot`, one slot long. Who is left at the end costs nothing more, and nobody is late.
 */
export const tinyDispatch = (tiny: TinyDispatch): DispatchProblem => ({
  currency: 'EUR',
  places: [{ id: 'depot' }],
  deadheads: [],
  bays: [],
  under_way: [],
  ...tiny,
  grid: { start: epochMs(1_800_000_000_000), slotMs: 360_000, count: tiny.slots },
  vehicle_types: (tiny.vehicle_types ?? [{ id: 'bus' }]).map((type) => ({
    seats: 10,
    standing: 0,
    accessible: 0,
    cost_per_hour: 10,
    cost_per_km: 0,
    ...type,
  })),
  vehicles: tiny.vehicles.map((vehicle, at) => ({
    id: `bus-${at + 1}`,
    type: 'bus',
    place: 'depot',
    ready_slot: 0,
    ...vehicle,
  })),
  patterns: tiny.patterns.map(({ calls, ...pattern }) => ({
    line: 'L',
    from_place: 'depot',
    to_place: 'depot',
    busy_slots: 1,
    km: 0,
    stops: calls.map(([stop, offset_slots]) => ({ stop, offset_slots })),
    ...pattern,
  })),
  groups: (tiny.groups ?? [{ id: 'fans' }]).map((group) => ({
    waiting_cost_per_hour: 10,
    late_cost_per_hour: 0,
    ...group,
  })),
  rides: tiny.rides.map((ride) => ({ line: 'L', group: 'fans', waiting: 0, ...ride })),
  prices: { change_cost: 0, missed_cost: 0, left_wait_slots: 0, ...tiny.prices },
});
