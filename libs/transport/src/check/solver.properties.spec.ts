import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Clock, epochMs } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { readInstance } from '../instances/read-instance.js';
import { buildDispatchModel } from '../model/build-model.js';
import type { DispatchProblem, Vehicle } from '../problem/problem.js';
import { type DispatchSolution, solveDispatch } from '../search/solve.js';
import { anyDispatch } from './any-dispatch.fixture.js';
import { checkDispatch } from './check-dispatch.js';

const solver = createSolver('highs');
afterAll(() => solver.close());
const clock: Clock = { now: () => epochMs(performance.now()) };

const byDeadline = (problem: DispatchProblem, deadlineMs: number): Promise<DispatchSolution> =>
  solveDispatch(problem, { solver, clock, deadlineMs, seed: 1 });
const byEffort = (problem: DispatchProblem, effort: number, seed = 1): Promise<DispatchSolution> =>
  solveDispatch(problem, { clock, deadlineMs: Infinity, seed, effort });

const slack = (cost: number): number => 1e-6 * Math.max(1, Math.abs(cost));

/** One more bus, on duty all the time at no price. */
const withOneMore = (problem: DispatchProblem, place: string): DispatchProblem => {
  const more: Vehicle = { id: 'one-more', type: 'bus', place, ready_slot: 0 };
  return { ...problem, vehicles: [...problem.vehicles, more] };
};

describe('the dispatcher, on any problem', () => {
  it('is asked about problems that are valid', () => {
    fc.assert(
      fc.property(anyDispatch, (problem) => {
        expect(readInstance('any', problem)).toEqual({ ok: true, value: problem });
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  it('gives a plan without a fault at any deadline from 50 ms on', async () => {
    await fc.assert(
      fc.asyncProperty(anyDispatch, fc.constantFrom(50, 80, 150), async (problem, deadlineMs) => {
        const { plan, summary } = await byDeadline(problem, deadlineMs);
        expect(checkDispatch(problem, plan)).toEqual([]);
        expect(summary.objective).toBeCloseTo(plan.cost.total, 6);
        expect(summary.bound ?? -Infinity).toBeLessThanOrEqual(plan.cost.total + slack(plan.cost.total));
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  it('gives a plan without a fault for any effort, and the same plan for the same seed and effort', async () => {
    await fc.assert(
      fc.asyncProperty(anyDispatch, fc.constantFrom(0, 1, 10, 100, 1000), fc.nat(3), async (problem, effort, seed) => {
        const { plan } = await byEffort(problem, effort, seed);
        expect(checkDispatch(problem, plan)).toEqual([]);
        expect(JSON.stringify((await byEffort(problem, effort, seed)).plan)).toBe(JSON.stringify(plan));
      }),
      { numRuns: 120, seed: 4 },
    );
  });

  it('costs no less than the optimum of the integer model, which is no less than the bound', async () => {
    await fc.assert(
      fc.asyncProperty(anyDispatch, async (problem) => {
        const { plan, summary } = await byDeadline(problem, 200);
        const { model } = buildDispatchModel(problem);
        const optimum = await solver.solve(model, { deadlineMs: 20_000, relativeGap: 1e-7 });
        if (optimum.status !== 'optimal') throw new Error(`The integer model is ${optimum.status}.`);
        expect(optimum.objective).toBeLessThanOrEqual(plan.cost.total + slack(plan.cost.total));
        expect(summary.bound ?? -Infinity).toBeLessThanOrEqual(optimum.objective + slack(optimum.objective));
      }),
      { numRuns: 12, seed: 4 },
    );
  });

  it('does not pay more for having one more bus than the gap that it reports', async () => {
    await fc.assert(
      fc.asyncProperty(anyDispatch, fc.constantFrom('depot', 'town', 'hill'), async (problem, place) => {
        const before = await byDeadline(problem, 150);
        const after = await byDeadline(withOneMore(problem, place), 150);
        const cost = before.plan.cost.total;
        expect(after.summary.bound ?? -Infinity).toBeLessThanOrEqual(cost + slack(cost));
      }),
      { numRuns: 10, seed: 4 },
    );
  });
});
