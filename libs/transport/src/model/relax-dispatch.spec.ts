import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSolver } from '#libs/lp';
import { buildDispatchModel } from './build-model.js';
import { randomDispatch } from './random-dispatch.fixture.js';
import { relaxDispatch, type Relaxation } from './relax-dispatch.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';
import type { DispatchProblem } from '../problem/problem.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const relax = (problem: DispatchProblem, deadlineMs = 20_000, onBound?: (bound: number) => void): Promise<Relaxation> =>
  relaxDispatch(problem, solver, { deadlineMs, now: () => performance.now(), ...(onBound ? { onBound } : {}) });

/** Ten people at each of two stops on lines of their own; one bus, at `depot`, and one in reserve. */
const problem = tinyDispatch({
  slots: 3,
  vehicles: [{}, { call_out_cost: 4 }],
  patterns: [
    {
      pattern: 'p',
      calls: [
        ['a', 0],
        ['b', 1],
      ],
    },
    {
      pattern: 'q',
      line: 'M',
      calls: [
        ['c', 0],
        ['d', 1],
      ],
    },
  ],
  rides: [
    { from_stop: 'a', to_stop: 'b', arrivals: [], waiting: 10 },
    { line: 'M', from_stop: 'c', to_stop: 'd', arrivals: [], waiting: 10 },
  ],
});

it('is exact where fractions gain nothing, but for what is merged', async () => {
  // Both buses at once; the price of calling the second one out is not in it.
  const { bound, complete, classOf, departures } = await relax(problem);
  expect(bound).toBeCloseTo(2, 6);
  expect(bound).toBeLessThanOrEqual(2);
  expect(complete).toBe(true);
  expect(classOf).toEqual([0, 0]);
  expect(departures[0]?.map((slots) => Math.round(slots[0] ?? NaN))).toEqual([1, 1]);
});

it('says what one more vehicle is worth', async () => {
  const { bound, prices } = await relax({ ...problem, vehicles: problem.vehicles.slice(0, 1) });
  // The second line waits a slot: 10.
  expect(bound).toBeCloseTo(1 + 10 + 1, 6);
  expect(prices[0]?.[0]?.[0]).toBeCloseTo(10, 6);
  expect(prices[0]?.[0]?.[1]).toBeCloseTo(0, 6);
});

it('has a bound however little time there is', async () => {
  const { bound, complete } = await relax(problem, 0);
  expect(complete).toBe(false);
  expect(bound).toBeLessThanOrEqual(2);
  expect(bound).toBeGreaterThanOrEqual(-1e-6);
});

it('is under the optimum of random problems, and never sinks', () =>
  fc.assert(
    fc.asyncProperty(randomDispatch, fc.constantFrom(0, 5, 20_000), async (random, deadlineMs) => {
      const bounds: number[] = [];
      const { bound } = await relax(random, deadlineMs, (better) => bounds.push(better));
      expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
      const best = await solver.solve(buildDispatchModel(random).model, { deadlineMs: 20_000, relativeGap: 0 });
      if (best.status !== 'optimal') throw new Error(`The model ended ${best.status}.`);
      expect(bound).toBeLessThanOrEqual(best.objective + 1e-6);
    }),
    { seed: 20260209, numRuns: 25 },
  ));
