import type { Interval } from './interval.js';
import { type EpochMs, epochMs, type Seconds, seconds } from './quantity.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** `count` slots of `slotMs` each from `start`; slot `i` is [start + i slotMs, start + (i + 1) slotMs). */
export interface SlotGrid {
  readonly start: EpochMs;
  readonly slotMs: number;
  readonly count: number;
}

/** The latest multiple of `stepMs` (since the epoch) at or before `instant`. */
export const floorTo = (instant: EpochMs, stepMs: number): EpochMs => epochMs(Math.floor(instant / stepMs) * stepMs);

export const slotStart = (grid: SlotGrid, index: number): EpochMs => epochMs(grid.start + index * grid.slotMs);

export const slotInterval = (grid: SlotGrid, index: number): Interval => ({
  start: slotStart(grid, index),
  end: slotStart(grid, index + 1),
});

/** The slot that holds `instant`, or undefined outside the grid. */
export const findSlot = (grid: SlotGrid, instant: EpochMs): number | undefined => {
  const index = Math.floor((instant - grid.start) / grid.slotMs);
  return index >= 0 && index < grid.count ? index : undefined;
};

export const slotDuration = (grid: SlotGrid): Seconds => seconds(grid.slotMs / 1000);
