import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSolver } from '#libs/lp';
import { anyDispatch } from '../check/any-dispatch.fixture.js';
import { generateInstance } from '../instances/generate.js';
import { buildDispatchModel } from '../model/build-model.js';
import { randomDispatch } from '../model/random-dispatch.fixture.js';
import { tinyDispatch } from '../model/tiny-dispatch.fixture.js';
import type { DispatchProblem } from '../problem/problem.js';
import { compileProblem } from '../search/compile.js';
import { StrandPlanner } from '../search/strand-planner.js';
import { PlanBound } from './plan-bound.js';
import { StrandBound } from './strand-bound.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const boundOf = (problem: DispatchProblem, cost: number): number => {
  const bound = new PlanBound(compileProblem(problem), cost);
  const steps = bound.run();
  while (steps.next().done !== true);
  return bound.best;
};

const optimumOf = async (problem: DispatchProblem): Promise<number> => {
  const outcome = await solver.solve(buildDispatchModel(problem).model, { deadlineMs: 20_000, relativeGap: 0 });
  if (outcome.status !== 'optimal') throw new Error(`The model ended ${outcome.status}.`);
  return outcome.objective;
};

const isUnderTheOptimum = async (problem: DispatchProblem): Promise<void> => {
  const optimum = await optimumOf(problem);
  expect(boundOf(problem, optimum)).toBeLessThanOrEqual(optimum + 1e-6 * Math.max(1, Math.abs(optimum)));
};

describe('a bound by prices of vehicles', () => {
  it('is under the optimum of the integer model, whatever the problem', () =>
    fc.assert(fc.asyncProperty(anyDispatch, isUnderTheOptimum), { numRuns: 40, seed: 20261130 }));

  it('is so where fleets are small', () =>
    fc.assert(fc.asyncProperty(randomDispatch, isUnderTheOptimum), { numRuns: 20, seed: 20261130 }));

  it('is the optimum where every line has vehicles enough', async () => {
    // Eight people came in slot 0: half a slot of waiting each, and one slot of driving.
    const problem = tinyDispatch({
      slots: 3,
      patterns: [{ pattern: 'out', calls: [['a', 0], ['b', 1]] }],
      rides: [{ from_stop: 'a', to_stop: 'b', arrivals: [8, 0, 0] }],
      vehicles: [{}],
    }); // prettier-ignore
    expect(boundOf(problem, 5)).toBeCloseTo(5, 6);
    expect(await optimumOf(problem)).toBeCloseTo(5, 6);
  });

  it('knows that vehicles are few', () => {
    const instance = generateInstance({ lines: 4, slots: 12, seed: 2, fleet: 'tight' });
    const few = { ...instance, vehicles: instance.vehicles.slice(0, 8) };
    expect(boundOf(few, 20_000)).toBeGreaterThan(boundOf(instance, 20_000) + 100);
  });

  it('lets as many leave together as it takes', async () => {
    // A hundred people and twelve buses of ten: ten of them at once.
    const problem = tinyDispatch({
      slots: 3,
      patterns: [{ pattern: 'out', calls: [['a', 0], ['b', 1]] }],
      rides: [{ from_stop: 'a', to_stop: 'b', arrivals: [], waiting: 100 }],
      vehicles: Array.from({ length: 12 }, () => ({})),
    }); // prettier-ignore
    const optimum = await optimumOf(problem);
    expect(optimum).toBeCloseTo(10, 6);
    expect(boundOf(problem, optimum)).toBeLessThanOrEqual(optimum);
  });

  it.each([5, 30, 100])('of a strand is under what departures cost that were found at %d each', (price) => {
    const compiled = compileProblem(generateInstance({ lines: 12, slots: 24, seed: 3, fleet: 'loose' }));
    const { kinds, slots } = compiled.network;
    for (const strand of compiled.strands) {
      const prices = new Float64Array(strand.patterns.length * kinds.length * slots).fill(price);
      const planner = new StrandPlanner(compiled, strand);
      const planned = planner.plan(prices, () => false);
      const vehicles = [...planned.values()].reduce((sum, leaving) => sum + leaving.length, 0);
      const cost = planner.costOf(planned) + vehicles * price;
      expect(new StrandBound(compiled, strand).find(prices)).toBeLessThanOrEqual(cost + 1e-6);
    }
  });
});
