import type { Activity, Block } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem, Vehicle } from '../problem/problem.js';
import { EmptyRides } from './timetable.js';

/**
 * What vehicles do by an earlier plan, on the grid of a later problem: each goes on as planned as far as it is where it should be in time or can come there empty. Departures that
 * nobody makes then are left out, and so is charging.
 */
export const carryBlocks = (
  { problem: before, blocks }: { readonly problem: DispatchProblem; readonly blocks: readonly Block[] },
  problem: DispatchProblem,
): readonly Block[] => {
  const later = (problem.grid.start - before.grid.start) / before.grid.slotMs;
  if (problem.grid.slotMs !== before.grid.slotMs || !Number.isInteger(later)) return [];
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  const carrier = new Carrier(problem);
  return blocks.flatMap(({ vehicle, activities }) => {
    const known = vehicles.get(vehicle);
    return known ? [carrier.carry(known, activities, later)] : [];
  });
};

class Carrier {
  readonly #patterns: ReadonlyMap<string, PatternProblem>;
  readonly #empty: EmptyRides;
  /** Departures by pattern and slot. */
  readonly #made = new Map<PatternProblem, number[]>();

  constructor(private readonly problem: DispatchProblem) {
    this.#patterns = new Map(problem.patterns.map((pattern) => [pattern.pattern, pattern]));
    this.#empty = new EmptyRides(problem.deadheads);
  }

  carry(vehicle: Vehicle, activities: readonly Activity[], later: number): Block {
    const carried: Activity[] = [];
    let { place, ready_slot: ready } = vehicle;
    const { until_slot: until = Infinity } = vehicle;
    const goEmpty = (to: string, slot: number): void => {
      const slots = this.#slotsBetween(place, to);
      carried.push({ kind: 'deadhead', from_place: place, to_place: to, slot, until_slot: slot + slots });
      place = to;
      ready = slot + slots;
    };
    for (const activity of activities) {
      const slot = activity.slot - later;
      if (slot < 0 || activity.kind === 'charge') continue;
      if (activity.kind === 'deadhead') {
        const ends = slot + this.#slotsBetween(place, activity.to_place);
        if (place === activity.from_place && slot >= ready && ends <= Math.min(until, this.problem.grid.count))
          goEmpty(activity.to_place, slot);
        continue;
      }
      const pattern = this.#patterns.get(activity.pattern);
      if (!pattern || slot + pattern.busy_slots > until || !this.#mayLeave(pattern, vehicle, slot)) continue;
      if (place !== pattern.from_place) {
        const leaves = slot - this.#slotsBetween(place, pattern.from_place);
        if (leaves < ready) continue;
        goEmpty(pattern.from_place, leaves);
      }
      if (ready > slot) continue;
      const made = this.#made.get(pattern) ?? [];
      made[slot] = (made[slot] ?? 0) + 1;
      this.#made.set(pattern, made);
      carried.push({ kind: 'trip', pattern: pattern.pattern, slot, until_slot: slot + pattern.busy_slots });
      place = pattern.to_place;
      ready = slot + pattern.busy_slots;
    }
    return { vehicle: vehicle.id, activities: carried };
  }

  /** Infinite without an empty ride. */
  #slotsBetween(from: string, to: string): number {
    return this.#empty.between(from, to)?.slots ?? Infinity;
  }

  #mayLeave(pattern: PatternProblem, { type }: Vehicle, slot: number): boolean {
    const made = this.#made.get(pattern)?.[slot] ?? 0;
    return (
      slot < this.problem.grid.count &&
      made < (pattern.most?.[slot] ?? Infinity) &&
      (pattern.types?.includes(type) ?? true)
    );
  }
}
