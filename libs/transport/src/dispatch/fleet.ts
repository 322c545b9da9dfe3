import type { DispatchProblem, PatternProblem } from '../problem.js';

/** Departures by pattern and slot, `departures[pattern][slot]`. */
export type DepartureCounts = readonly (readonly number[])[];

/** Vehicles of the fleet that are not bound, at the start, beyond each slot. Never falls. */
export const availableVehicles = (problem: DispatchProblem): readonly number[] =>
  Array.from(
    { length: problem.grid.count },
    (_, slot) => problem.vehicles.filter((vehicle) => (problem.ready_slot[vehicle] ?? 0) <= slot).length,
  );

/** Slots in which a departure of this slot holds its vehicle, cut at the horizon: [slot, end). */
export const heldUntil = (pattern: PatternProblem, slot: number, count: number): number =>
  Math.min(slot + pattern.cycle_slots, count);

/**
 * Makes departures to reach cumulative targets, `targets[pattern][slot]`, each as soon as it is due and a vehicle is
 * ready; the longest due goes first. What the fleet cannot do is late.
 */
export const followTargets = (problem: DispatchProblem, targets: DepartureCounts): number[][] => {
  const { count } = problem.grid;
  const available = availableVehicles(problem);
  const used = new Array<number>(count).fill(0);
  const departures = problem.patterns.map(() => new Array<number>(count).fill(0));
  const made = problem.patterns.map(() => 0);
  const dueSince = problem.patterns.map(() => Infinity);
  for (let slot = 0; slot < count; slot += 1) {
    const due = problem.patterns.flatMap((_, index) => {
      const owed = (targets[index]?.[slot] ?? 0) - (made[index] ?? 0);
      dueSince[index] = owed > 0 ? Math.min(dueSince[index] ?? Infinity, slot) : Infinity;
      return new Array<number>(Math.max(0, owed)).fill(index);
    });
    due.sort((a, b) => (dueSince[a] ?? 0) - (dueSince[b] ?? 0) || a - b);
    for (const index of due.slice(0, Math.max(0, (available[slot] ?? 0) - (used[slot] ?? 0)))) {
      const [pattern, row] = [problem.patterns[index], departures[index]];
      if (!pattern || !row) continue;
      row[slot] = (row[slot] ?? 0) + 1;
      made[index] = (made[index] ?? 0) + 1;
      for (let held = slot; held < heldUntil(pattern, slot, count); held += 1) used[held] = (used[held] ?? 0) + 1;
    }
  }
  return departures;
};

/** Running totals of a row. */
export const cumulative = (row: readonly number[]): readonly number[] => {
  let total = 0;
  return row.map((value) => (total += value));
};
