import { describe, expect, it } from '@jest/globals';

import type { DispatchProblem } from './contract.js';
import { makeDemandDay } from './make-demand.js';
import { tinyRide, tinyShuttles } from './tiny-shuttles.fixture.js';

/** A crowd of 360 leaves the park after slot 6 of 40. */
const instance: DispatchProblem = {
  ...tinyShuttles,
  grid: { ...tinyShuttles.grid, count: 40 },
  rides: [
    tinyRide('hall', 'park', { waiting: 5, arrivals: new Array<number>(40).fill(4) }),
    tinyRide('park', 'hall', {
      arrivals: Array.from({ length: 40 }, (_, slot) => (slot >= 6 && slot < 15 ? 40 : 1)),
    }),
  ],
};

describe('a day by seed', () => {
  it('is the same for the same seed, in whole people', () => {
    expect(makeDemandDay(instance, 4)).toEqual(makeDemandDay(instance, 4));
    expect(makeDemandDay(instance, 4).came).not.toEqual(makeDemandDay(instance, 5).came);
    expect(makeDemandDay(instance, 4).came.every(({ arrivals }) => arrivals.every(Number.isInteger))).toBe(true);
  });

  it('has a session that ends 40 minutes late, which becomes known when it should have ended', () => {
    const { forecasts, sessions, came } = makeDemandDay(instance, 4);
    expect(sessions).toEqual([{ id: 'park (40 min late)', stop: 'park', ends_s: 14 * 300 }]);
    expect(forecasts.map(({ known_s, rides }) => [known_s, rides[1]?.arrivals.slice(4, 16)])).toEqual([
      [0, [1, 1, 40, 40, 40, 40, 40, 40, 40, 40, 40, 1]],
      [6 * 300, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 40, 40]],
    ]);
    const sum = (from: number, to: number) => came[1]?.arrivals.slice(from, to).reduce((a, b) => a + b, 0) ?? 0;
    expect(sum(0, 13)).toBeLessThan(60);
    expect(sum(13, 25)).toBeGreaterThan(200);
  });

  it('has about as many people as expected elsewhere', () => {
    const counts = Array.from({ length: 30 }, (_, seed) =>
      (makeDemandDay(instance, seed).came[0]?.arrivals ?? []).reduce((sum, people) => sum + people, 0),
    );
    // The logarithm's spread of 0.2 makes the mean 2 % higher; three standard errors of 30 days are 11 %.
    const ratio = counts.reduce((sum, count) => sum + count, 0) / 30 / 160;
    expect(Math.abs(ratio - 1.02)).toBeLessThan(0.11);
    expect(new Set(counts).size).toBeGreaterThan(20);
  });
});
