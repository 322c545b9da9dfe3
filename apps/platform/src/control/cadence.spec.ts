import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { nextBoundary, solverBudget, waitForBoundary } from './cadence.js';

describe('nextBoundary', () => {
  it('is after now, also on a boundary', () => {
    expect(nextBoundary(epochMs(5 * MINUTE_MS), 5 * MINUTE_MS)).toBe(10 * MINUTE_MS);
    expect(nextBoundary(epochMs(5 * MINUTE_MS - 1), 5 * MINUTE_MS)).toBe(5 * MINUTE_MS);
  });

  it('does not come twice when a timer fires a moment early', () => {
    const served = epochMs(5 * MINUTE_MS);
    expect(nextBoundary(epochMs(served - 1), 5 * MINUTE_MS, served)).toBe(10 * MINUTE_MS);
  });
});

describe('waitForBoundary', () => {
  const clock = { eventMs: epochMs(0), wallMs: epochMs(1_000), speed: 60 };

  it('turns event time into wall time', () => {
    expect(waitForBoundary(clock, epochMs(1_000), epochMs(MINUTE_MS))).toBe(1_000);
    expect(waitForBoundary(clock, epochMs(1_250), epochMs(MINUTE_MS))).toBe(750);
  });

  it('never spins', () => {
    expect(waitForBoundary({ ...clock, speed: 100_000 }, epochMs(1_000), epochMs(MINUTE_MS))).toBe(50);
  });
});

describe('solverBudget', () => {
  it('leaves half of the cadence to everything else, and never waits longer than it may', () => {
    expect(solverBudget(MINUTE_MS, 60, 10_000)).toBe(500);
    expect(solverBudget(5 * MINUTE_MS, 60, 30_000)).toBe(2_500);
    expect(solverBudget(MINUTE_MS, 1, 10_000)).toBe(10_000);
    expect(solverBudget(5 * MINUTE_MS, 1, 30_000)).toBe(30_000);
  });
});
