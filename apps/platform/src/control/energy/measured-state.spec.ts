import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { doneOf, positionOf, runningOf } from './measured-state.js';

/** Quarter hours from 22:00 on. */
const historyOf = (...values: readonly (number | null)[]) => ({
  grid: { start: epochMs(22 * HOUR_MS), slotMs: 15 * MINUTE_MS, count: values.length },
  values,
});

describe('runningOf', () => {
  it('counts the whole slots in which a generator did what it does now', () => {
    expect(runningOf(50, historyOf(0, 40, 50, 50), 100)).toEqual({ on: true, slots: 3 });
    expect(runningOf(0, historyOf(50, 0, 0.5), 100)).toEqual({ on: false, slots: 2 });
    expect(runningOf(50, historyOf(50, 0), 100)).toEqual({ on: true, slots: 0 });
  });

  it('knows nothing of what was not measured', () => {
    expect(runningOf(50, historyOf(50, null, 50), 100)).toEqual({ on: true, slots: 1 });
  });
});

describe('positionOf', () => {
  it('counts the whole slots in which a switch stood where it stands now', () => {
    expect(positionOf(2, historyOf(2, 1, 1.4, 2, 2))).toEqual({ position: 2, slots: 2 });
    expect(positionOf(1, historyOf(1, null, 1))).toEqual({ position: 1, slots: 1 });
  });
});

describe('doneOf', () => {
  const hours = { from: '22:30', until: '06:00', timeZone: 'UTC' };

  it('sums what was taken since the window opened', () => {
    expect(doneOf(historyOf(100, 100, 20, 40), hours, epochMs(23 * HOUR_MS + MINUTE_MS))).toBe(15);
  });

  it('is nothing outside the window', () => {
    expect(doneOf(historyOf(100, 100), hours, epochMs(22 * HOUR_MS + 20 * MINUTE_MS))).toBe(0);
  });
});
