import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSolver } from '#libs/lp';
import { anyProblem } from '../test/any-problem.js';
import { checkEnergyPlan } from './check-plan.js';
import { checkEnergyProblem } from './check-problem.js';
import { withoutPlan } from './plan/assemble-plan.js';
import type { EnergyProblem, Series } from './problem.js';
import { solveEnergy } from './solve-energy.js';

const highs = createSolver('highs');
const jslp = createSolver('javascript-lp-solver');
afterAll(() => Promise.all([highs.close(), jslp.close()]));

const runs = { seed: 42, numRuns: 60 };
/** Of integer models, which take seconds. */
const fewer = { seed: 42, numRuns: 30 };
/** Some of them are hard integer models, and the machine may have other work. */
const LONG_MS = 300_000;
const options = { solver: highs, deadlineMs: 60_000, seed: 1, relativeGap: 1e-9 };
const any = anyProblem({ slots: 4, committed: true });
const small = anyProblem({ slots: 3, committed: false });

describe('for any problem', () => {
  it(
    'doing nothing is possible, and honest about its limits',
    () =>
      fc.assert(
        fc.property(any, (problem) => {
          expect(checkEnergyProblem(problem)).toEqual([]);
          expect(checkEnergyPlan(problem, withoutPlan(problem))).toEqual([]);
        }),
        runs,
      ),
    LONG_MS,
  );

  it(
    'a plan is optimal, possible, honest about its limits, and never dearer than doing nothing where that breaks none',
    () =>
      fc.assert(
        fc.asyncProperty(any, async (problem) => {
          const { plan, solve } = await solveEnergy(problem, options);
          expect(solve).toMatchObject({ status: 'optimal', failure: null });
          expect(checkEnergyPlan(problem, plan)).toEqual([]);
          const idle = withoutPlan(problem);
          expect(plan.cost.without_plan).toBe(idle.cost.total);
          if (idle.violations.length > 0) return;
          expect(plan.violations).toEqual([]);
          expect(plan.cost.total).toBeLessThanOrEqual(idle.cost.total + 1e-4 * Math.max(1, Math.abs(idle.cost.total)));
        }),
        fewer,
      ),
    LONG_MS,
  );

  it(
    'looser limits never cost more where none is broken, and break no more where one is',
    () =>
      fc.assert(
        fc.asyncProperty(any, fc.integer({ min: 0, max: 20 }), async (problem, more) => {
          const [tight, loose] = [
            await solveEnergy(problem, options),
            await solveEnergy(loosen(problem, more), options),
          ];
          const [before, after] = [tight.plan.violations, loose.plan.violations];
          expect(after.length === 0 || before.length > 0).toBe(true);
          if (before.length > 0) return;
          const { objective, bound } = tight.solve;
          const gap = Math.max(1e-6 * Math.max(1, Math.abs(objective ?? NaN)), (objective ?? NaN) - (bound ?? NaN));
          expect(loose.solve.objective).toBeLessThanOrEqual((objective ?? NaN) + gap);
        }),
        fewer,
      ),
    LONG_MS,
  );

  it(
    'both solvers come to the same money and the same violations, to 1e-6',
    () =>
      fc.assert(
        fc.asyncProperty(small, async (problem) => {
          const ours = await solveEnergy(problem, options);
          const other = await solveEnergy(problem, { ...options, solver: jslp });
          expect(other.solve).toMatchObject({ status: 'optimal', failure: null });
          expect(checkEnergyPlan(problem, other.plan)).toEqual([]);
          const [a, b] = [ours.solve.objective ?? NaN, other.solve.objective ?? NaN];
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(a)));
        }),
        runs,
      ),
    LONG_MS,
  );
});

const raise = (series: Series, more: number): Series =>
  typeof series === 'number' ? series + more : series.map((value) => value + more);

const loosen = (problem: EnergyProblem, more: number): EnergyProblem => ({
  ...problem,
  feeders: problem.feeders.map((feeder) => ({ ...feeder, limit_kw: raise(feeder.limit_kw, more) })),
  sites: problem.sites.map((site) => ({
    ...site,
    connections: site.connections.map((one) => ({
      ...one,
      import_limit_kw: raise(one.import_limit_kw, more),
      export_limit_kw: raise(one.export_limit_kw, more),
    })),
  })),
});
