import { slotStart } from '#libs/kernel';
import type { Activity, Block, Departure } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem, Vehicle } from '../problem/problem.js';

interface VehicleState {
  readonly vehicle: Vehicle;
  place: string;
  readySlot: number;
  line: string | undefined;
  readonly activities: Activity[];
}

/** Slots that empty rides take, by where to and where from. */
export class EmptyRides {
  readonly #slots = new Map<string, Map<string, number>>();

  constructor(deadheads: DispatchProblem['deadheads']) {
    for (const { from_place, to_place, slots } of deadheads) {
      const to = this.#slots.get(to_place) ?? new Map<string, number>();
      this.#slots.set(to_place, to.set(from_place, slots));
    }
  }

  /** From every place but this one. */
  to(place: string): ReadonlyMap<string, number> {
    return this.#slots.get(place) ?? new Map<string, number>();
  }
}

/**
 * The timetable as a dispatcher without a planner drives it: what is overdue longest leaves first, with a vehicle that stands at its first stop or can come
 * there empty in time; what has not left when the pattern's next departure is due is cancelled. So a short fleet thins every line and starves none.
 * What a plan is compared with, and what vehicles without orders do.
 */
export const driveTimetable = (problem: DispatchProblem): readonly Block[] => {
  const states = problem.vehicles.map((vehicle): VehicleState => ({
    vehicle,
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

const mayLeave = ({ most }: PatternProblem, slot: number): boolean => (most?.[slot] ?? Infinity) > 0;

/** At its first stop before those that must come, of its own line before others, ready longest; of equals the first. */
const findVehicle = (
  states: readonly VehicleState[],
  pattern: PatternProblem,
  slot: number,
  empty: EmptyRides,
): VehicleState | undefined => {
  const { line, from_place, busy_slots, types } = pattern;
  const rides = empty.to(from_place);
  let best: { readonly state: VehicleState; readonly reach: number; readonly rank: number } | undefined;
  for (const state of states) {
    const { readySlot, place, vehicle } = state;
    const { type, until_slot = Infinity } = vehicle;
    if (readySlot > slot || slot + busy_slots > until_slot || !(types?.includes(type) ?? true)) continue;
    const reach = place === from_place ? 0 : (rides.get(place) ?? Infinity);
    if (readySlot + reach > slot) continue;
    const rank = state.line === line ? 0 : state.line === undefined ? 1 : 2;
    const order = best ? reach - best.reach || rank - best.rank || readySlot - best.state.readySlot : -1;
    if (order < 0) best = { state, reach, rank };
  }
  return best?.state;
};

const drive = (
  state: VehicleState,
  { pattern, line, from_place, to_place, busy_slots }: PatternProblem,
  slot: number,
  empty: EmptyRides,
): void => {
  if (state.place !== from_place) {
    const slots = empty.to(from_place).get(state.place) ?? 0;
    state.activities.push({
      kind: 'deadhead',
      from_place: state.place,
      to_place: from_place,
      slot: slot - slots,
      until_slot: slot,
    });
  }
  state.activities.push({ kind: 'trip', pattern, slot, until_slot: slot + busy_slots });
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
