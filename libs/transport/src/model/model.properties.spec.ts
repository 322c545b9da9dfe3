import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSolver, type LinearValues, objectiveOf } from '#libs/lp';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchModel, type DispatchModelOptions } from './build-model.js';
import { randomDispatch } from './random-dispatch.fixture.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const solve = async (problem: DispatchProblem, options: DispatchModelOptions): Promise<LinearValues> => {
  const outcome = await solver.solve(buildDispatchModel(problem, options).model, {
    deadlineMs: 20_000,
    relativeGap: 0,
  });
  if (outcome.status !== 'optimal') throw new Error(`The model ended ${outcome.status}.`);
  return outcome;
};

const runs = { seed: 20260208, numRuns: 25 };

it('the relaxation, with and without cuts, is under the optimum, which cuts leave where it is', () =>
  fc.assert(
    fc.asyncProperty(randomDispatch, async (problem) => {
      const plain = await solve(problem, { integer: false });
      const tight = await solve(problem, { integer: false, cuts: true });
      const best = await solve(problem, {});
      const cut = await solve(problem, { cuts: true });
      const slack = 1e-6 * Math.max(1, Math.abs(best.objective));
      expect(plain.objective).toBeLessThanOrEqual(tight.objective + slack);
      expect(tight.objective).toBeLessThanOrEqual(best.objective + slack);
      expect(Math.abs(cut.objective - best.objective)).toBeLessThanOrEqual(slack);
    }),
    runs,
  ));

it('to do nothing is at least as dear as the optimum', () =>
  fc.assert(
    fc.asyncProperty(randomDispatch, async (problem) => {
      const best = await solve(problem, {});
      const still = await solve({ ...problem, vehicles: [] }, {});
      expect(best.objective).toBeLessThanOrEqual(still.objective + 1e-6);
      expect(objectiveOf(buildDispatchModel(problem).model, best.values)).toBeCloseTo(best.objective, 5);
    }),
    runs,
  ));
