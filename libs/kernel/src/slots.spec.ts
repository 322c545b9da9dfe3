import { describe, expect, it } from '@jest/globals';

import { epochMs } from './quantity.js';
import { findSlot, floorTo, MINUTE_MS, slotInterval, type SlotGrid } from './slots.js';

const grid: SlotGrid = { start: epochMs(1_000 * MINUTE_MS), slotMs: 15 * MINUTE_MS, count: 4 };

describe('a slot grid', () => {
  it('has half-open slots that meet', () => {
    expect(slotInterval(grid, 0).end).toBe(slotInterval(grid, 1).start);
    expect(findSlot(grid, slotInterval(grid, 1).start)).toBe(1);
    expect(findSlot(grid, epochMs(slotInterval(grid, 1).start - 1))).toBe(0);
  });

  it('ends before its end', () => {
    expect(findSlot(grid, epochMs(grid.start - 1))).toBeUndefined();
    expect(findSlot(grid, slotInterval(grid, 3).end)).toBeUndefined();
  });

  it('floors an instant to a step', () => {
    expect(floorTo(epochMs(17 * MINUTE_MS), 15 * MINUTE_MS)).toBe(15 * MINUTE_MS);
    expect(floorTo(epochMs(15 * MINUTE_MS), 15 * MINUTE_MS)).toBe(15 * MINUTE_MS);
  });
});
