import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver, type LinearSolver, toSparse } from '#libs/lp';
import { commitment, generator, hourly, north, site } from '../../test/one-site.js';
import { generateEnergyInstance } from '../instances/generate-energy.js';
import { buildEnergyModel } from '../model/build-model.js';
import type { EnergyProblem } from '../problem.js';
import { solveEnergy } from '../solve-energy.js';

const highs = createSolver('highs');
afterAll(() => highs.close());

/** Generators at sites that share feeders of little more than half of what they took. */
const tight = (seed: number): EnergyProblem => {
  const problem = generateEnergyInstance({ sites: 3, slots: 12, seed, generators: true });
  return { ...problem, feeders: problem.feeders.map((one) => ({ ...one, limit_kw: 0.6 * Number(one.limit_kw) })) };
};

/** Tells how many integers each integer model had. */
const counting = (asked: number[]): LinearSolver => ({
  name: highs.name,
  solve: (model, options) => {
    const integers = toSparse(model).arrays.integer.reduce((sum, whole) => sum + whole, 0);
    if (integers > 0) asked.push(integers);
    return highs.solve(model, options);
  },
  solveEach: () => Promise.resolve([]),
  solveEachAgain: () => Promise.resolve([]),
  keep: () => Promise.resolve(undefined),
  solveKept: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
});

describe('an integer model by its sites', () => {
  it('sites decide alone what is right for all: the price of the feeder that they share says so', async () => {
    // The feeder has 5 kW for sites of 5 kW each. What comes through it is cheap, so alone no site would start a machine; 4 kW at 0.3 and 1 kW at 0.6 are the cheapest way out.
    const machine = { ...generator, capacity_kw: 4, cost_per_kwh: 0.3, commitment: { ...commitment, min_kw: 4 } };
    const any = { ...generator, unit: 'any time', cost_per_kwh: 0.6 };
    const sites = ['rink', 'arena'].map((name) =>
      site({ site: name, units: [name === 'rink' ? machine : { ...machine, cost_per_kwh: 0.9 }, any] }),
    );
    const problem = hourly([0.1], sites, { feeders: [{ ...north, limit_kw: 5 }] });
    const asked: number[] = [];
    const { plan, solve } = await solveEnergy(problem, { solver: counting(asked), deadlineMs: 10_000, seed: 1 });
    expect(plan.sites.map(({ units }) => units[0]?.on)).toEqual([[true], [false]]);
    expect(solve.objective).toBeCloseTo(5 * 0.1 + 4 * 0.3 + 1 * 0.6, 6);
    expect(asked).toEqual([1, 1]);
  });

  it.each([1, 2, 3])('costs what the model as a whole does, and its bound is none above that: seed %i', async (seed) => {
    const problem = tight(seed);
    const { solve, plan } = await solveEnergy(problem, { solver: highs, deadlineMs: 30_000, seed: 1, relativeGap: 1e-5 });
    const whole = await highs.solve(buildEnergyModel(problem).model, { deadlineMs: 30_000, relativeGap: 1e-6 });
    if (whole.status !== 'optimal') throw new Error(`The whole ended ${whole.status}.`);
    expect(plan.violations).toEqual([]);
    expect(solve.status).toBe('optimal');
    expect(solve.bound ?? NaN).toBeLessThanOrEqual(whole.objective + 1e-6 * whole.objective);
    expect(Math.abs((solve.objective ?? NaN) / whole.objective - 1)).toBeLessThan(2e-5);
  }); // prettier-ignore

  it('says how far it may be from the optimum where it may stop early, and has prices of limits', async () => {
    const problem = tight(2);
    const rough = await solveEnergy(problem, { solver: highs, deadlineMs: 30_000, seed: 1, relativeGap: 0.05 });
    const exact = await solveEnergy(problem, { solver: highs, deadlineMs: 30_000, seed: 1, relativeGap: 1e-5 });
    const { bound, gap, objective } = rough.solve;
    expect(gap).toBeLessThanOrEqual(0.05);
    expect(gap).toBeCloseTo(((objective ?? NaN) - (bound ?? NaN)) / (objective ?? NaN), 9);
    expect(bound).toBeLessThanOrEqual((exact.solve.objective ?? NaN) * (1 + 1e-6));
    expect(exact.plan.shadow_prices.length).toBeGreaterThan(0);
  });
});
