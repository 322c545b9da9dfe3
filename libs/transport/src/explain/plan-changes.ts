import type { SlotGrid } from '#libs/kernel';
import type { Departure } from '../problem/plan.js';
import type { PlannedDispatch } from './planned-dispatch.js';
import { reasonsFor, type Reason } from './reasons.js';

/** Departures of one line put in or taken out against what was announced, close together. */
export interface PlanChange {
  readonly line: string;
  /** Positive: more departures than announced. */
  readonly departures: number;
  /** First and last departure of the change, epoch ms. */
  readonly from_ms: number;
  readonly to_ms: number;
  readonly reasons: readonly Reason[];
}

/** Changes this far apart are told as one. */
const SAME_CHANGE_SLOTS = 4;

/**
 * What a new plan does otherwise than the one before, over the time that both reach, and why as far as their problems tell. A departure that only takes another
 * vehicle, or moves within its slot, is no change; one that moves to the next slot is not told either: people read more and fewer.
 */
export const explainChanges = (before: PlannedDispatch, after: PlannedDispatch): readonly PlanChange[] => {
  const { grid } = after.problem;
  const end = Math.min(grid.count, Math.floor((endOf(before.problem.grid) - grid.start) / grid.slotMs));
  if (end <= 0) return [];
  const lines = [...new Set(after.problem.patterns.map(({ line }) => line))];
  return lines.flatMap((line) => {
    const difference = countsOf(after.departures, line, grid, end).map(
      (count, slot) => count - (countsOf(before.departures, line, grid, end)[slot] ?? 0),
    );
    return runsOf(difference).map(({ from, to, departures }): PlanChange => {
      const from_ms = grid.start + from * grid.slotMs;
      const to_ms = grid.start + to * grid.slotMs;
      return { line, departures, from_ms, to_ms, reasons: reasonsFor(line, before, after) };
    });
  });
};

const endOf = (grid: SlotGrid): number => grid.start + grid.count * grid.slotMs;

const countsOf = (departures: readonly Departure[], line: string, grid: SlotGrid, end: number): readonly number[] => {
  const counts = new Array<number>(end).fill(0);
  for (const departure of departures) {
    const slot = Math.floor((departure.departs_ms - grid.start) / grid.slotMs);
    if (departure.line === line && slot in counts) counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
};

interface Run {
  readonly from: number;
  readonly to: number;
  readonly departures: number;
}

/** Stretches of changes with short gaps, whose sum is not zero. */
const runsOf = (difference: readonly number[]): readonly Run[] => {
  const runs: Run[] = [];
  let run: Run | undefined;
  for (const [slot, change] of difference.entries()) {
    if (change === 0) continue;
    if (run && slot - run.to <= SAME_CHANGE_SLOTS)
      run = { from: run.from, to: slot, departures: run.departures + change };
    else {
      if (run) runs.push(run);
      run = { from: slot, to: slot, departures: change };
    }
  }
  if (run) runs.push(run);
  return runs.filter(({ departures }) => departures !== 0);
};
