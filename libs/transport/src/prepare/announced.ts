import type { SlotGrid } from '#libs/kernel';
import { availableVehicles, heldUntil } from '../dispatch/fleet.js';
import type { Departure } from '../plan.js';
import type { DispatchProblem, PatternProblem } from '../problem.js';

/** What a person said of a departure. */
export interface DepartureWord {
  readonly line: string;
  readonly departs_ms: number;
  readonly action: 'add' | 'cancel';
}

/** The plan in force, as far as it can still be changed. */
export interface Announced {
  readonly departures: readonly Pick<Departure, 'line' | 'departs_ms'>[];
  /** End of that plan's horizon, ms. */
  readonly until: number;
}

/**
 * The problem with what is announced, and what people said of it. An added departure is fixed where it is on a slot's start and a vehicle can make it. A
 * cancelled one stays out, and within a scheduled headway of it nothing leaves but what is announced there.
 */
export const withAnnounced = (
  problem: DispatchProblem,
  announced: Announced | undefined,
  words: readonly DepartureWord[],
): DispatchProblem => {
  const { grid } = problem;
  const added = admitAdded(problem, words);
  return {
    ...problem,
    patterns: problem.patterns.map((pattern, index): PatternProblem => {
      const own = words.filter(({ line }) => line === pattern.line);
      const kept = countsOn(grid, announced?.departures.filter(({ line }) => line === pattern.line) ?? []);
      const cancelled = own.filter(({ action }) => action === 'cancel');
      const covered = announced ? Math.max(0, Math.floor((announced.until - grid.start) / grid.slotMs)) : 0;
      return {
        ...pattern,
        ...(announced && { previous: kept.slice(0, covered) }),
        ...(added[index]?.some((count) => count > 0) && { added: added[index] }),
        ...(cancelled.length > 0 && { most: mostOf(grid, pattern, cancelled, kept, added[index] ?? []) }),
      };
    }),
  };
};

const slotOf = ({ start, slotMs }: SlotGrid, at: number): number => (at - start) / slotMs;

const countsOn = (grid: SlotGrid, departures: Announced['departures']): number[] => {
  const counts = new Array<number>(grid.count).fill(0);
  for (const { departs_ms } of departures) {
    const slot = Math.floor(slotOf(grid, departs_ms));
    if (slot >= 0 && slot < grid.count) counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
};

/** Additions in time order, each when a vehicle is free for all of its round; by pattern and slot. */
const admitAdded = (problem: DispatchProblem, words: readonly DepartureWord[]): readonly (readonly number[])[] => {
  const { grid, patterns } = problem;
  const free = [...availableVehicles(problem)];
  const added = patterns.map(() => new Array<number>(grid.count).fill(0));
  for (const { line, departs_ms } of words
    .filter(({ action }) => action === 'add')
    .toSorted((a, b) => a.departs_ms - b.departs_ms)) {
    const index = patterns.findIndex((pattern) => pattern.line === line);
    const slot = slotOf(grid, departs_ms);
    const [pattern, row] = [patterns[index], added[index]];
    if (!pattern || !row || !Number.isInteger(slot) || slot < 0 || slot >= grid.count) continue;
    const end = heldUntil(pattern, slot, grid.count);
    if (free.slice(slot, end).some((vehicles) => vehicles < 1)) continue;
    for (let held = slot; held < end; held += 1) free[held] = (free[held] ?? 0) - 1;
    row[slot] = (row[slot] ?? 0) + 1;
  }
  return added;
};

const mostOf = (
  grid: SlotGrid,
  { scheduled }: PatternProblem,
  cancelled: readonly DepartureWord[],
  kept: readonly number[],
  added: readonly number[],
): readonly (number | null)[] =>
  Array.from({ length: grid.count }, (_, slot) => {
    const near = cancelled.map(({ departs_ms }) => slotOf(grid, departs_ms));
    const isClosed = near.some((at) => Math.abs(slot - at) < headwayAt(scheduled, at));
    const isGone = near.some((at) => Math.floor(at) === slot);
    return isClosed ? Math.max(added[slot] ?? 0, isGone ? 0 : (kept[slot] ?? 0)) : null;
  });

/** Slots between the scheduled departures nearest around a time, at least one. */
const headwayAt = (scheduled: readonly number[], at: number): number => {
  const slots = scheduled.flatMap((count, slot) => (count > 0 ? [slot] : []));
  const next = slots.findIndex((slot) => slot > at);
  const after = Math.max(1, next === -1 ? slots.length - 1 : next);
  return Math.max(1, (slots[after] ?? 0) - (slots[after - 1] ?? slots[after] ?? 0));
};
