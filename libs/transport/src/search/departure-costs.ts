import type { DispatchProblem } from '../problem/problem.js';

/** What counts of departures of one pattern cost by themselves: changes, the floor of service, additions. */
export interface CountTerms {
  readonly least: Int32Array;
  readonly added: Int32Array;
  readonly previous: Int32Array;
  readonly missedCost: number;
  readonly changeCost: number;
}

/** Undefined for a pattern without a floor, additions and announcements: its counts cost nothing. */
export const countTermsOf = (problem: DispatchProblem): readonly (CountTerms | undefined)[] =>
  problem.patterns.map(({ least = [], added = [], previous = [] }) => {
    const { missed_cost: missedCost, change_cost: changeCost } = problem.prices;
    const isAny = (row: readonly number[]): boolean => row.some((count) => count > 0);
    if (!isAny(least) && !isAny(added) && previous.length === 0) return undefined;
    const rows = { least: Int32Array.from(least), added: Int32Array.from(added), previous: Int32Array.from(previous) };
    return { ...rows, missedCost, changeCost };
  });

/** Cost of the counts in `row`, one entry a slot from `start` on. */
export const countCost = (
  terms: CountTerms,
  row: Int32Array,
  start: number,
  slots: number,
): { missed: number; changes: number } => {
  let [through, missing, changes] = [0, 0, 0];
  for (let slot = 0; slot < slots; slot += 1) {
    const made = row[start + slot] ?? 0;
    through += made;
    const [short, lack] = [(terms.least[slot] ?? 0) - through, (terms.added[slot] ?? 0) - made];
    if (short > 0) missing += short;
    if (lack > 0) missing += lack;
    if (slot < terms.previous.length) changes += Math.abs(made - (terms.previous[slot] ?? 0));
  }
  return { missed: missing * terms.missedCost, changes: changes * terms.changeCost };
};
