import { slotStart } from '#libs/kernel';
import type { Activity, Block, Departure } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem, Vehicle, VehicleType } from '../problem/problem.js';

interface VehicleState {
  readonly vehicle: Vehicle;
  /** So far it goes without charging, its reserve kept. */
  rangeKm: number;
  place: string;
  readySlot: number;
  line: string | undefined;
  readonly activities: Activity[];
}

type EmptyRide = Pick<DispatchProblem['deadheads'][number], 'slots' | 'km'>;

/** Empty rides, by where to and where from. */
export class EmptyRides {
  readonly #rides = new Map<string, Map<string, EmptyRide>>();

  constructor(deadheads: DispatchProblem['deadheads']) {
    for (const ride of deadheads) {
      const to = this.#rides.get(ride.to_place) ?? new Map<string, EmptyRide>();
      this.#rides.set(ride.to_place, to.set(ride.from_place, ride));
    }
  }

  /** Undefined where there is none. */
  between(from: string, to: string): EmptyRide | undefined {
    return from === to ? STAYS : this.#rides.get(to)?.get(from);
  }
}

const STAYS: EmptyRide = { slots: 0, km: 0 };

/**
 * The timetable as a dispatcher without a planner drives it: what is overdue longest leaves first, with a vehicle that stands at its first stop or can come
 * there empty in time and has the charge for it; what has not left when the pattern's next departure is due is cancelled. So a short fleet thins every line and starves none. Nobody charges on the way.
 * What a plan is compared with, and what vehicles without orders do.
 */
export const driveTimetable = (problem: DispatchProblem): readonly Block[] => {
  const types = new Map(problem.vehicle_types.map((type) => [type.id, type]));
  const states = problem.vehicles.map((vehicle): VehicleState => ({
    vehicle,
    rangeKm: rangeOf(vehicle, types.get(vehicle.type)),
    place: vehicle.place,
    readySlot: vehicle.ready_slot,
    line: undefined,
    activities: [],
  }));
  const empty = new EmptyRides(problem.deadheads);
  const overdue = new Map<PatternProblem, number>();
  for (let slot = 0; slot < problem.grid.count; slot += 1) {
    for (const pattern of problem.patterns) {
      if ((pattern.scheduled?.[slot] ?? 0) > 0 && !overdue.has(pattern)) overdue.set(pattern, slot);
    }
    const due = [...overdue].sort(([, a], [, b]) => a - b);
    for (const [pattern] of due) {
      const wanted = Math.max(1, pattern.scheduled?.[slot] ?? 0);
      for (let one = 0; one < wanted; one += 1) {
        const state = mayLeave(pattern, slot) ? findVehicle(states, pattern, slot, empty) : undefined;
        if (!state) break;
        drive(state, pattern, slot, empty);
        overdue.delete(pattern);
      }
    }
  }
  return states.map(({ vehicle, activities }) => ({ vehicle: vehicle.id, activities }));
};

const rangeOf = ({ charge_kwh }: Vehicle, type: VehicleType | undefined): number => {
  const battery = type?.battery;
  return battery ? ((charge_kwh ?? battery.capacity_kwh) - battery.reserve_kwh) / battery.kwh_per_km : Infinity;
};

const mayLeave = ({ most }: PatternProblem, slot: number): boolean => (most?.[slot] ?? Infinity) > 0;

/** At its first stop before those that must come, of its own line before others, ready longest; of equals the first. */
const findVehicle = (
  states: readonly VehicleState[],
  pattern: PatternProblem,
  slot: number,
  empty: EmptyRides,
): VehicleState | undefined => {
  const { line, from_place, busy_slots, types, km } = pattern;
  let best: { readonly state: VehicleState; readonly reach: number; readonly rank: number } | undefined;
  for (const state of states) {
    const { readySlot, place, vehicle } = state;
    const { type, until_slot = Infinity } = vehicle;
    if (readySlot > slot || slot + busy_slots > until_slot || !(types?.includes(type) ?? true)) continue;
    const way = empty.between(place, from_place);
    if (!way || readySlot + way.slots > slot || way.km + km > state.rangeKm) continue;
    const reach = way.slots;
    const rank = state.line === line ? 0 : state.line === undefined ? 1 : 2;
    const order = best ? reach - best.reach || rank - best.rank || readySlot - best.state.readySlot : -1;
    if (order < 0) best = { state, reach, rank };
  }
  return best?.state;
};

const drive = (
  state: VehicleState,
  { pattern, line, from_place, to_place, busy_slots, km }: PatternProblem,
  slot: number,
  empty: EmptyRides,
): void => {
  const way = empty.between(state.place, from_place) ?? STAYS;
  if (state.place !== from_place) {
    state.activities.push({
      kind: 'deadhead',
      from_place: state.place,
      to_place: from_place,
      slot: slot - way.slots,
      until_slot: slot,
    });
  }
  state.activities.push({ kind: 'trip', pattern, slot, until_slot: slot + busy_slots });
  state.rangeKm -= way.km + km;
  state.place = to_place;
  state.readySlot = slot + busy_slots;
  state.line = line;
};

/** The trips of blocks as departures, in time order. */
export const departuresOfBlocks = (problem: DispatchProblem, blocks: readonly Block[]): readonly Departure[] => {
  const lines = new Map(problem.patterns.map(({ pattern, line }) => [pattern, line]));
  return blocks
    .flatMap(({ vehicle, activities }) =>
      activities.flatMap((activity) =>
        activity.kind === 'trip'
          ? [
              {
                line: lines.get(activity.pattern) ?? '',
                pattern: activity.pattern,
                departs_ms: slotStart(problem.grid, activity.slot),
                vehicle,
              },
            ]
          : [],
      ),
    )
    .sort((a, b) => a.departs_ms - b.departs_ms);
};
