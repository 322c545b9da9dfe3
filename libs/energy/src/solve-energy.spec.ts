import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver, type LinearSolver } from '#libs/lp';
import { fiveSites } from '../test/five-sites.js';
import { battery, hourly, site } from '../test/one-site.js';
import { checkEnergyPlan } from './check-plan.js';
import type { EnergyPlan } from './plan.js';
import type { EnergyProblem } from './problem.js';
import { solveEnergy } from './solve-energy.js';

const highs = createSolver('highs');
const jslp = createSolver('javascript-lp-solver');
afterAll(async () => {
  await Promise.all([highs.close(), jslp.close()]);
});

const plan = async (problem: EnergyProblem): Promise<EnergyPlan> => {
  const { plan: found, solve } = await solveEnergy(problem, { solver: highs, deadlineMs: 10_000, seed: 1 });
  expect(solve).toMatchObject({ status: 'optimal', failure: null });
  expect(checkEnergyPlan(problem, found)).toEqual([]);
  return found;
};

const rounded = (values: readonly number[] | undefined): number[] =>
  (values ?? []).map((value) => Math.round(value * 1000) / 1000 + 0);

describe('the energy planner, from the simplest case', () => {
  it('A01 one site, no battery: what is used is bought', async () => {
    const found = await plan(hourly([0.2, 0.3], [site(2)]));
    expect(rounded(found.sites[0]?.import_kw)).toEqual([5, 5]);
    expect(found.cost.total).toBeCloseTo(2.5, 6);
    expect(found.cost.without_plan).toBeCloseTo(2.5, 6);
    expect(found.violations).toEqual([]);
    expect(found.setpoints).toEqual([]);
  });

  it('A02 a price spread: the battery charges before and discharges into the dear hour, and ends as it began', async () => {
    const found = await plan(hourly([0.1, 0.5], [site(2, { battery })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(rounded(found.sites[0]?.soc_ratio)).toEqual([0.9, 0.5]);
    expect(found.cost.total).toBeCloseTo(0.9 + 0.5, 6);
    expect(found.cost.without_plan).toBeCloseTo(3, 6);
  });

  it('A03 losses and wear eat the spread: the battery stays idle', async () => {
    const worn = { ...battery, charge_efficiency: 0.9, discharge_efficiency: 0.9, wear_cost_per_kwh: 0.1 };
    const found = await plan(hourly([0.3, 0.5], [site(2, { battery: worn })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([0, 0]);
  });

  it('A04 wear counts for charging and for discharging', async () => {
    const worn = { ...battery, wear_cost_per_kwh: 0.1 };
    const found = await plan(hourly([0.1, 0.5], [site(2, { battery: worn })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(found.cost).toMatchObject({ wear: expect.closeTo(0.8, 6), total: expect.closeTo(2.2, 6) });
  });

  it('A05 sun in excess is stored for the evening rather than given away', async () => {
    const sunny = site(2, { load_kw: [1, 5], pv_kw: [5, 0], battery });
    const found = await plan(hourly([0.3, 0.3], [sunny]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(rounded(found.sites[0]?.import_kw)).toEqual([0, 1]);
  });

  it('A06 an export limit curtails sun, and the setpoint says what may be fed in', async () => {
    const sunny = site(1, { load_kw: [1], pv_kw: [9], export_limit_kw: 2 });
    const found = await plan(hourly([0.3], [sunny], { export_price_per_kwh: [0.1] }));
    expect(rounded(found.sites[0]?.curtailed_kw)).toEqual([6]);
    expect(found.setpoints).toEqual([
      { venue: 'rink', asset: 'pv', from_ms: 0, until_ms: 3_600_000, value: 3, unit: 'kW' },
    ]);
  });

  it('A07 sun that is not curtailed may exceed its forecast up to what load and connection take', async () => {
    const sunny = site(1, { load_kw: [5], pv_kw: [3], export_limit_kw: 2 });
    const found = await plan(hourly([0.3], [sunny]));
    expect(found.setpoints).toMatchObject([{ asset: 'pv', value: 7 }]);
  });

  it('A08 a peak over the import limit is shaved, though every hour costs the same', async () => {
    const peaky = site(3, { load_kw: [5, 9, 5], import_limit_kw: 7, battery });
    const found = await plan(hourly([0.2, 0.2, 0.2], [peaky]));
    expect(found.sites[0]?.import_kw[1]).toBeCloseTo(7, 3);
    expect(found.violations).toEqual([]);
    expect(found.sites[0]?.soc_ratio[2]).toBeCloseTo(0.5, 6);
  });

  it('A09 a limit that cannot hold is kept as far as possible and reported, with the hours and the worst', async () => {
    const peaky = site(3, { load_kw: [5, 20, 22], import_limit_kw: 7, battery: { ...battery, soc_ratio: 0 } });
    const found = await plan(hourly([0.2, 0.2, 0.2], [peaky]));
    expect(found.violations).toEqual([
      {
        limit: 'import_limit',
        at: 'rink',
        from_ms: 3_600_000,
        until_ms: 10_800_000,
        worst_kw: expect.closeTo(15, 3),
      },
    ]);
    const over = (found.sites[0]?.import_kw ?? []).reduce((sum, value) => sum + Math.max(0, value - 7), 0);
    expect(over).toBeCloseTo(13 + 15 - 2, 3);
  });

  it('A10 two sites share a feeder: one exports from its battery so that the other may import', async () => {
    const giver = site(1, { site: 'hall', load_kw: [0], battery });
    const found = await plan(
      hourly([0.2], [site(1, { load_kw: [10] }), giver], { feeders: [{ feeder: 'north', limit_kw: 7 }] }),
    );
    expect(found.sites[1]?.battery_kw[0]).toBeCloseTo(-3, 3);
    expect(found.feeders[0]?.load_kw[0]).toBeCloseTo(7, 3);
    expect(found.violations).toEqual([]);
  });

  it('A11 a feeder goes before an export limit', async () => {
    const giver = site(1, { site: 'hall', load_kw: [0], export_limit_kw: 1, battery });
    const found = await plan(
      hourly([0.2], [site(1, { load_kw: [10] }), giver], { feeders: [{ feeder: 'north', limit_kw: 7 }] }),
    );
    expect(found.violations).toMatchObject([{ limit: 'export_limit', at: 'hall', worst_kw: expect.closeTo(2, 3) }]);
  });

  it('A12 an import limit goes before the band of the battery', async () => {
    const reserve = { ...battery, soc_min_ratio: 0.5 };
    const found = await plan(hourly([0.2], [site(1, { load_kw: [10], import_limit_kw: 7, battery: reserve })]));
    expect(found.sites[0]?.import_kw[0]).toBeCloseTo(7, 3);
    expect(found.violations).toMatchObject([{ limit: 'soc_band', at: 'rink', worst_kw: expect.closeTo(3, 3) }]);
  });

  it('A13 a charge measured under its band comes back as fast as power allows, dear hour or not', async () => {
    const low = { ...battery, soc_min_ratio: 0.6, soc_ratio: 0.1 };
    const found = await plan(hourly([0.9, 0.1, 0.1], [site(3, { battery: low })]));
    expect(rounded(found.sites[0]?.battery_kw.slice(0, 2))).toEqual([4, 1]);
    expect(found.violations).toMatchObject([{ limit: 'soc_band', from_ms: 0, until_ms: 3_600_000 }]);
  });

  it('A14 a charge measured over its band goes down as fast as power allows', async () => {
    const high = { ...battery, soc_max_ratio: 0.4, soc_ratio: 1 };
    const found = await plan(hourly([0.1, 0.1, 0.5], [site(3, { battery: high })]));
    expect(rounded(found.sites[0]?.battery_kw.slice(0, 2))).toEqual([-4, -2]);
  });

  it('A15 carbon has a price of its own', async () => {
    const found = await plan(
      hourly([0.2, 0.2], [site(2, { battery })], { carbon_kg_per_kwh: [0.1, 0.5], carbon_price_per_kg: 1 }),
    );
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(found.carbon_kg).toBeCloseTo(9 * 0.1 + 1 * 0.5, 6);
    expect(found.cost.carbon).toBeCloseTo(1.4, 6);
  });

  it('A16 a negative price is used without running in circles, and the battery charges no faster than it can', async () => {
    const lossy = { ...battery, charge_efficiency: 0.8, discharge_efficiency: 0.8 };
    const found = await plan(
      hourly([-0.2, 0.3], [site(2, { battery: lossy, pv_kw: [3, 0] })], { export_price_per_kwh: [-0.2, 0] }),
    );
    expect(rounded(found.sites[0]?.battery_kw)[0]).toBe(4);
    expect(rounded(found.sites[0]?.curtailed_kw)).toEqual([3, 0]);
  });

  it('A17 setpoints reach over the first eight slots, in time order', async () => {
    const found = await plan(hourly(Array<number>(10).fill(0.2), [site(10, { battery })]));
    expect(found.setpoints.map(({ from_ms }) => from_ms / 3_600_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(found.setpoints.map(({ value }) => value)).toEqual(found.sites[0]?.battery_kw.slice(0, 8));
  });
});

describe('five sites, a day of quarter hours', () => {
  it('is planned without a broken limit and cheaper than without a plan', async () => {
    const found = await plan(fiveSites());
    expect(found.violations).toEqual([]);
    expect(found.cost.total).toBeLessThan(0.95 * found.cost.without_plan);
  });

  it('has the same optimum on both solvers to 1e-6', async () => {
    const problem = fiveSites();
    const options = { deadlineMs: 60_000, seed: 1 };
    const [ours, other] = await Promise.all([
      solveEnergy(problem, { ...options, solver: highs }),
      solveEnergy(problem, { ...options, solver: jslp }),
    ]);
    expect(other.solve.status).toBe('optimal');
    expect(Math.abs((other.solve.objective ?? NaN) / (ours.solve.objective ?? NaN) - 1)).toBeLessThan(1e-6);
    expect(checkEnergyPlan(problem, other.plan)).toEqual([]);
    expect(Math.abs(other.plan.cost.total / ours.plan.cost.total - 1)).toBeLessThan(1e-6);
  });
});

describe('when the solver has no answer', () => {
  const peaky = hourly([0.2, 0.2], [site(2, { load_kw: [5, 9], import_limit_kw: 7, battery })]);

  /** A solver that does what it is told to. */
  const scripted = (solve: LinearSolver['solve']): LinearSolver => ({
    name: 'highs',
    solve,
    solveEach: () => Promise.resolve([]),
    solveEachAgain: () => Promise.resolve([]),
    keep: () => Promise.resolve(undefined),
    solveKept: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  });

  it.each<[string, LinearSolver['solve'], string, string]>([
    ['times out', () => Promise.resolve({ status: 'timed_out', solveMs: 5 }), 'timed_out', 'no answer after 10 ms'],
    ['crashes', () => Promise.reject(new Error('boom')), 'timed_out', 'highs failed: boom'],
    [
      'calls it infeasible',
      () => Promise.resolve({ status: 'infeasible', solveMs: 5, conflict: ['balance rink 0'] }),
      'infeasible',
      'in conflict: balance rink 0',
    ],
  ])('%s, batteries idle and broken limits are listed', async (_, solve, status, failure) => {
    const found = await solveEnergy(peaky, { solver: scripted(solve), deadlineMs: 10, seed: 1 });
    expect(found.solve).toMatchObject({ status, objective: null, failure: expect.stringContaining(failure) });
    expect(found.plan.sites[0]?.battery_kw).toEqual([0, 0]);
    expect(found.plan.violations).toMatchObject([{ limit: 'import_limit', from_ms: 3_600_000, worst_kw: 2 }]);
    expect(checkEnergyPlan(peaky, found.plan)).toEqual([]);
  });

  it('a real solver past its deadline counts as timed out', async () => {
    const found = await solveEnergy(fiveSites(), { solver: jslp, deadlineMs: 1, seed: 1 });
    expect(found.solve.status).toBe('timed_out');
    expect(found.plan.cost.total).toBe(found.plan.cost.without_plan);
  });

  it('a problem with faults is thrown back', async () => {
    const bad = hourly([NaN], [site(1)]);
    await expect(solveEnergy(bad, { solver: highs, deadlineMs: 10, seed: 1 })).rejects.toThrow(
      'import_price_per_kwh[0]: It must be a finite number. (found NaN) [finite]',
    );
  });
});
