import type { SlotGrid } from '#libs/kernel';
import type { Departure } from '../problem/plan.js';
import type { PatternProblem } from '../problem/problem.js';

/** What a person said of a departure. */
export interface DepartureWord {
  readonly line: string;
  readonly departs_ms: number;
  readonly action: 'add' | 'cancel';
}

/** The plan in force, as far as it can still be changed. */
export interface Announced {
  readonly departures: readonly Pick<Departure, 'pattern' | 'departs_ms'>[];
  /** End of that plan's horizon, ms. */
  readonly until: number;
}

/**
 * A pattern with what is announced for it, and what people said. An added departure on a slot's start is asked for in its slot, of the line's main pattern. A
 * cancelled one stays out, and within a scheduled headway of it nothing of the line leaves but what is announced there: else it would come back beside.
 */
export const withAnnounced = (
  pattern: PatternProblem,
  isMain: boolean,
  grid: SlotGrid,
  announced: Announced | undefined,
  words: readonly DepartureWord[],
): PatternProblem => {
  const own = words.filter(({ line }) => line === pattern.line);
  const kept = countsOn(grid, announced?.departures.filter((one) => one.pattern === pattern.pattern) ?? []);
  const cancelled = own.filter(({ action }) => action === 'cancel');
  const added = isMain ? addedOn(grid, own) : kept.map(() => 0);
  const covered = announced ? Math.min(grid.count, Math.max(0, Math.floor(slotOf(grid, announced.until)))) : 0;
  return {
    ...pattern,
    ...(announced && { previous: kept.slice(0, covered) }),
    ...(added.some((count) => count > 0) && { added }),
    ...(cancelled.length > 0 && { most: mostOf(grid, pattern, cancelled, kept, added) }),
  };
};

const slotOf = ({ start, slotMs }: SlotGrid, at: number): number => (at - start) / slotMs;

const countsOn = (grid: SlotGrid, departures: Announced['departures']): readonly number[] => {
  const counts = new Array<number>(grid.count).fill(0);
  for (const { departs_ms } of departures) {
    const slot = Math.floor(slotOf(grid, departs_ms));
    if (slot >= 0 && slot < grid.count) counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
};

/** Additions that leave at a slot's start; others are placed after planning. */
const addedOn = (grid: SlotGrid, words: readonly DepartureWord[]): readonly number[] =>
  countsOn(
    grid,
    words
      .filter(({ action, departs_ms }) => action === 'add' && Number.isInteger(slotOf(grid, departs_ms)))
      .map(({ departs_ms }) => ({ pattern: '', departs_ms })),
  );

const mostOf = (
  grid: SlotGrid,
  { scheduled = [] }: PatternProblem,
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
