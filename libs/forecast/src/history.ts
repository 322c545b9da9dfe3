import { epochMs, findSlot, type SlotGrid } from '#libs/kernel';

/** A series on a grid of slots; null where nothing was measured. */
export interface SlotHistory {
  readonly grid: SlotGrid;
  readonly values: readonly (number | null)[];
}

/** What was measured in a step: the store's `SeriesStep` is one. */
export interface MeasuredStep {
  readonly ts: number;
  readonly sum: number;
  readonly count: number;
}

/** Power is a mean over the slot, people are a sum. */
export type Measure = 'mean' | 'sum';

/** Steps placed on a grid of the same or wider slots; steps outside it are left out. */
export const toHistory = (grid: SlotGrid, steps: readonly MeasuredStep[], measure: Measure): SlotHistory => {
  const sums = new Float64Array(grid.count);
  const counts = new Float64Array(grid.count);
  for (const { ts, sum, count } of steps) {
    const slot = findSlot(grid, epochMs(ts));
    if (slot === undefined) continue;
    sums[slot] = (sums[slot] ?? 0) + sum;
    counts[slot] = (counts[slot] ?? 0) + count;
  }
  const values = Array.from(sums, (sum, slot) => {
    const count = counts[slot] ?? 0;
    if (count === 0) return null;
    return measure === 'mean' ? sum / count : sum;
  });
  return { grid, values };
};
