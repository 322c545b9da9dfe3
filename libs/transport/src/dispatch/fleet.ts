import type { DispatchProblem, PatternProblem } from '../problem.js';
import { addedIn, mostIn } from './limits.js';

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
 * Makes departures to reach cumulative targets, `targets[pattern][slot]`, each as soon as it is due and a vehicle is ready; the line that is
 * overdue longest goes first. What the fleet cannot do is made up for late, or cancelled when the line's next departure is due: then the line
 * still counts as overdue since the first that it missed. Departures that people added leave whatever is due, and count;
 * a line waits past slots that people closed.
 */
export const followTargets = (
  problem: DispatchProblem,
  targets: DepartureCounts,
  late: 'made up' | 'cancelled' = 'made up',
): number[][] => {
  const { count } = problem.grid;
  const available = availableVehicles(problem);
  const used = new Array<number>(count).fill(0);
  const lines = problem.patterns.map((pattern, index) => ({
    pattern,
    index,
    targets: targets[index] ?? [],
    asked: 0,
    /** For each departure that is owed, the slot since which; in order. */
    overdue: [] as number[],
    departures: new Array<number>(count).fill(0),
  }));
  type LineState = (typeof lines)[number];
  const hold = ({ pattern }: LineState, slot: number, vehicles: number): void => {
    for (let held = slot; held < heldUntil(pattern, slot, count); held += 1) used[held] = (used[held] ?? 0) + vehicles;
  };
  const hasRoom = ({ pattern }: LineState, slot: number): boolean => {
    for (let held = slot; held < heldUntil(pattern, slot, count); held += 1) {
      if ((used[held] ?? 0) >= (available[held] ?? 0)) return false;
    }
    return true;
  };
  for (const line of lines) for (let slot = 0; slot < count; slot += 1) hold(line, slot, addedIn(line.pattern, slot));
  for (let slot = 0; slot < count; slot += 1) {
    for (const line of lines) {
      const fresh = Math.max(0, (line.targets[slot] ?? 0) - line.asked);
      line.asked += fresh;
      line.overdue.push(...new Array<number>(fresh).fill(slot));
      if (late === 'cancelled' && fresh > 0) line.overdue.splice(1, line.overdue.length - fresh);
    }
    for (const line of lines) {
      const added = addedIn(line.pattern, slot);
      line.departures[slot] = added;
      line.overdue.splice(0, added);
    }
    const due = lines.flatMap((line) => line.overdue.map((since) => ({ line, since })));
    due.sort((a, b) => a.since - b.since || a.line.index - b.line.index);
    for (const { line } of due) {
      if ((line.departures[slot] ?? 0) >= mostIn(line.pattern, slot) || !hasRoom(line, slot)) continue;
      line.overdue.shift();
      line.departures[slot] = (line.departures[slot] ?? 0) + 1;
      hold(line, slot, 1);
    }
  }
  return lines.map(({ departures }) => departures);
};

/** Running totals of a row. */
export const cumulative = (row: readonly number[]): readonly number[] => {
  let total = 0;
  return row.map((value) => (total += value));
};
