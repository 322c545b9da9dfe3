import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { checkEnergyPlan } from '../check-plan.js';
import { checkEnergyProblem } from '../check-problem.js';
import { withoutPlan } from '../plan/assemble-plan.js';
import { valueAt } from '../problem.js';
import { solveEnergy } from '../solve-energy.js';
import { generateEnergyInstance } from './generate-energy.js';
import { moveOn } from './move-on.js';

const highs = createSolver('highs');
afterAll(() => highs.close());
const options = { solver: highs, deadlineMs: 30_000, seed: 1 };

describe('generateEnergyInstance', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const text = (seed: number): string => JSON.stringify(generateEnergyInstance({ sites: 6, slots: 20, seed }));
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  it('begins with the sites of a smaller one', () => {
    const [small, large] = [8, 20].map((sites) => generateEnergyInstance({ sites, slots: 10, seed: 3 }));
    expect(large?.sites.slice(0, 8)).toEqual(small?.sites);
  });

  it('has everything: a tree of feeders, second connections, sun, batteries, cold stores, tasks and machines', () => {
    const { feeders, sites } = generateEnergyInstance({ sites: 40, slots: 96, seed: 1 });
    expect(feeders.filter(({ parent }) => parent !== undefined).length).toBeGreaterThan(10);
    for (const kind of ['supplies', 'stores', 'units', 'tasks'] as const)
      expect(sites.filter((site) => site[kind].length > 0).length).toBeGreaterThan(5);
    expect(sites.some(({ connections }) => connections.length === 2)).toBe(true);
    const committed = generateEnergyInstance({ sites: 10, slots: 96, seed: 1, generators: true });
    expect(committed.sites.every(({ units }) => units.some(({ commitment }) => commitment))).toBe(true);
    expect(committed.sites.some(({ connections }) => connections.length === 0)).toBe(true);
  });

  it('is a problem that can be planned, for any seed and size', () => {
    fc.assert(
      fc.property(
        fc.record({
          sites: fc.integer({ min: 1, max: 30 }),
          slots: fc.integer({ min: 1, max: 200 }),
          seed: fc.integer({ min: 1, max: 1_000_000_000 }),
          generators: fc.boolean(),
        }),
        (size) => expect(checkEnergyProblem(generateEnergyInstance(size))).toEqual([]),
      ),
      { seed: 11, numRuns: 40 },
    );
  });

  it.each([1, 2, 3, 4, 5])('has feeders that bind and hold, and do not hold by themselves: seed %i', async (seed) => {
    const problem = generateEnergyInstance({ sites: 12, slots: 96, seed });
    const { plan } = await solveEnergy(problem, options);
    expect(plan.violations).toEqual([]);
    expect(checkEnergyPlan(problem, plan)).toEqual([]);
    const full = plan.feeders.some(({ limit_kw, load_kw }) => load_kw.some((kw, at) => kw > valueAt(limit_kw, at) - 0.01));
    expect(full).toBe(true);
    expect(withoutPlan(problem).violations.length).toBeGreaterThan(0);
  }); // prettier-ignore
});

describe('moveOn', () => {
  it('does the first slot and goes on from there, to a plan of as much', async () => {
    const problem = generateEnergyInstance({ sites: 8, slots: 96, seed: 2 });
    const { plan, solve, vertex } = await solveEnergy(problem, options);
    const moved = moveOn(problem, plan, seededRandom(1));
    expect(moved.grid.start - problem.grid.start).toBe(problem.grid.slotMs);
    expect(moved.sites[0]?.stores[0]?.soc_ratio).toBe(plan.sites[0]?.stores[0]?.soc_ratio[0]);
    expect(checkEnergyProblem(moved)).toEqual([]);
    const [warm, cold] = [await solveEnergy(moved, { ...options, from: vertex }), await solveEnergy(moved, options)];
    // The objective has a part of a tie-breaker for what batteries change, the cost has not.
    expect(Math.abs((warm.solve.objective ?? NaN) / (cold.solve.objective ?? NaN) - 1)).toBeLessThan(1e-5);
    expect(Math.abs(warm.plan.cost.total / cold.plan.cost.total - 1)).toBeLessThan(1e-6);
    expect(Math.abs((warm.solve.objective ?? NaN) / (solve.objective ?? NaN) - 1)).toBeLessThan(0.1);
    expect(checkEnergyPlan(moved, warm.plan)).toEqual([]);
  });
});
