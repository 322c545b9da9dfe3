import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { withoutPlan } from './assemble-plan.js';
import { checkEnergyPlan } from './check-plan.js';
import { checkEnergyProblem } from './check-problem.js';
import { buildEnergyModel } from './model.js';
import type { EnergyProblem, SiteProblem } from './problem.js';
import { solveEnergy } from './solve-energy.js';

const highs = createSolver('highs');
afterAll(() => highs.close());

const SLOTS = 5;
const numbers = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);
const series = (min: number, max: number): fc.Arbitrary<number[]> =>
  fc.array(numbers(min, max), { minLength: SLOTS, maxLength: SLOTS });

const batteries = fc
  .record({
    capacity_kwh: numbers(1, 40),
    power_kw: numbers(0, 20),
    charge_efficiency: numbers(0.7, 1),
    discharge_efficiency: numbers(0.7, 1),
    wear_cost_per_kwh: fc.constantFrom(0, 0, 0.02),
    soc_ratio: numbers(0, 1),
    band: fc.tuple(numbers(0, 1), numbers(0, 1)),
  })
  .map(({ band, ...rest }) => ({ ...rest, soc_min_ratio: Math.min(...band), soc_max_ratio: Math.max(...band) }));

const sites = fc
  .array(
    fc.record({
      feeder: fc.constantFrom('north', 'south'),
      import_limit_kw: numbers(0, 40),
      export_limit_kw: numbers(0, 20),
      load_kw: series(0, 30),
      pv_kw: series(0, 30),
      battery: fc.option(batteries),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list): SiteProblem[] => list.map((site, at) => ({ site: `site ${at}`, ...site })));

/** Prices may be negative; export pays at most the import price. */
const problems: fc.Arbitrary<EnergyProblem> = fc
  .record({
    slotMs: fc.constantFrom(900_000, 3_600_000),
    import_price_per_kwh: series(-0.3, 0.6),
    share: numbers(0, 1),
    carbon_kg_per_kwh: series(0, 0.5),
    carbon_price_per_kg: fc.constantFrom(0, 0.1),
    limits: fc.tuple(numbers(0, 80), numbers(0, 80)),
    sites,
  })
  .map(({ slotMs, share, limits: [north, south], ...rest }) => ({
    grid: { start: epochMs(0), slotMs, count: SLOTS },
    currency: 'EUR',
    export_price_per_kwh: rest.import_price_per_kwh.map((price) => (price > 0 ? price * share : price)),
    feeders: [
      { feeder: 'north', limit_kw: north },
      { feeder: 'south', limit_kw: south },
    ],
    ...rest,
  }));

const runs = { seed: 42, numRuns: 100 };
const options = { solver: highs, deadlineMs: 10_000, seed: 1 };

describe('for any sites', () => {
  it('a plan is optimal, possible, honest about its limits, and never dearer than doing nothing where that breaks none', () =>
    fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        expect(checkEnergyProblem(problem)).toEqual([]);
        const { plan, solve } = await solveEnergy(problem, options);
        expect(solve.status).toBe('optimal');
        expect(checkEnergyPlan(problem, plan)).toEqual([]);
        const idle = withoutPlan(problem);
        expect(checkEnergyPlan(problem, idle)).toEqual([]);
        expect(plan.cost.without_plan).toBe(idle.cost.total);
        if (idle.violations.length > 0) return;
        expect(plan.violations).toEqual([]);
        expect(plan.cost.total).toBeLessThanOrEqual(idle.cost.total + 1e-4 * Math.max(1, Math.abs(idle.cost.total)));
      }),
      runs,
    ));

  it('a looser limit never costs more', () =>
    fc.assert(
      fc.asyncProperty(problems, numbers(0, 20), async (problem, more) => {
        const loosened: EnergyProblem = {
          ...problem,
          feeders: problem.feeders.map((feeder) => ({ ...feeder, limit_kw: feeder.limit_kw + more })),
          sites: problem.sites.map((site) => ({ ...site, import_limit_kw: site.import_limit_kw + more })),
        };
        const costOf = async (of: EnergyProblem): Promise<number> => {
          const outcome = await highs.solve(buildEnergyModel(of).model, { deadlineMs: 10_000 });
          return outcome.status === 'optimal' ? outcome.objective : NaN;
        };
        const tight = await costOf(problem);
        expect(await costOf(loosened)).toBeLessThanOrEqual(tight + 1e-6 * Math.max(1, Math.abs(tight)));
      }),
      runs,
    ));
});
