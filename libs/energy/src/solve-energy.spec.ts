import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver, type LinearSolver } from '#libs/lp';
import { fiveSites } from '../test/five-sites.js';
import { battery, grid, hourly, site } from '../test/one-site.js';
import { planOf, rounded } from '../test/plan-of.js';
import { checkEnergyPlan } from './check-plan.js';
import type { EnergyPlan } from './plan.js';
import type { EnergyProblem } from './problem.js';
import { solveEnergy } from './solve-energy.js';

const highs = createSolver('highs');
const jslp = createSolver('javascript-lp-solver');
afterAll(async () => {
  await Promise.all([highs.close(), jslp.close()]);
});

const plan = (problem: EnergyProblem): Promise<EnergyPlan> => planOf(problem, highs);

describe('the energy planner, from the simplest case: bills and batteries', () => {
  it('A01 one site, no battery: what is used is bought', async () => {
    const found = await plan(hourly([0.2, 0.3], [site()]));
    expect(rounded(found.sites[0]?.import_kw)).toEqual([5, 5]);
    expect(found.cost.total).toBeCloseTo(2.5, 6);
    expect(found.cost.without_plan).toBeCloseTo(2.5, 6);
    expect(found.violations).toEqual([]);
    expect(found.setpoints).toEqual([]);
  });

  it('A02 a price spread: the battery charges before and discharges into the dear hour, and ends as it began', async () => {
    const found = await plan(hourly([0.1, 0.5], [site({ stores: [battery] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(rounded(found.sites[0]?.soc_ratio)).toEqual([0.9, 0.5]);
    expect(found.cost.total).toBeCloseTo(0.9 + 0.5, 6);
    expect(found.cost.without_plan).toBeCloseTo(3, 6);
  });

  it('A03 losses and wear eat the spread: the battery stays idle', async () => {
    const worn = { ...battery, charge_efficiency: 0.9, discharge_efficiency: 0.9, wear_cost_per_kwh: 0.1 };
    const found = await plan(hourly([0.3, 0.5], [site({ stores: [worn] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([0, 0]);
  });

  it('A04 wear counts for charging and for discharging', async () => {
    const found = await plan(hourly([0.1, 0.5], [site({ stores: [{ ...battery, wear_cost_per_kwh: 0.1 }] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(found.cost).toMatchObject({ wear: expect.closeTo(0.8, 6), total: expect.closeTo(2.2, 6) });
  });

  it('A05 sun in excess is stored for the evening rather than given away', async () => {
    const found = await plan(hourly([0.3, 0.3], [site({ load_kw: [1, 5], pv_kw: [5, 0], stores: [battery] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(rounded(found.sites[0]?.import_kw)).toEqual([0, 1]);
  });

  it('A06 an export limit curtails sun, and the setpoint says what may be fed in', async () => {
    const sunny = { load_kw: 1, pv_kw: [9], connection: { export_limit_kw: 2 }, tariff: { export_price_per_kwh: 0.1 } };
    const found = await plan(hourly([0.3], [site(sunny)]));
    expect(rounded(found.sites[0]?.curtailed_kw)).toEqual([6]);
    expect(found.setpoints).toEqual([
      { venue: 'rink', asset: 'pv', from_ms: 0, until_ms: 3_600_000, value: 3, unit: 'kW' },
    ]);
  });

  it('A07 sun that is not curtailed may exceed its forecast up to what load and living connections take', async () => {
    const connections = [grid([0.3], { export_limit_kw: 2 }), grid([0.3], { connection: 'spare', available: [0] })];
    const found = await plan(hourly([0.3], [site({ pv_kw: [3], connections })]));
    expect(found.setpoints).toMatchObject([{ asset: 'pv', value: 7 }]);
  });

  it('A08 of two roofs the one that is curtailed is told so, and neither is told to leave no room for the other', async () => {
    const supplies = [
      { supply: 'east', available_kw: [4] },
      { supply: 'west', available_kw: [4], cost_per_kwh: 0.1 },
    ];
    const found = await plan(hourly([0.3], [site({ supplies, connection: { export_limit_kw: 0 } })]));
    expect(found.setpoints).toMatchObject([
      { asset: 'east', value: 4 },
      { asset: 'west', value: 1 },
    ]);
  });

  it('A09 carbon has a price of its own', async () => {
    const found = await plan(
      hourly([0.2, 0.2], [site({ stores: [battery], tariff: { carbon_kg_per_kwh: [0.1, 0.5] } })], {
        carbon_price_per_kg: 1,
      }),
    );
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
    expect(found.carbon_kg).toBeCloseTo(9 * 0.1 + 1 * 0.5, 6);
    expect(found.cost.carbon).toBeCloseTo(1.4, 6);
  });

  it('A10 a negative price is used without charging and discharging at once', async () => {
    const lossy = { ...battery, charge_efficiency: 0.8, discharge_efficiency: 0.8 };
    const found = await plan(hourly([-0.2, 0.3], [site({ pv_kw: [3, 0], stores: [lossy] })]));
    expect(rounded(found.sites[0]?.curtailed_kw)).toEqual([3, 0]);
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -2.56]);
    expect(found.cost.total).toBeCloseTo(9 * -0.2 + 2.44 * 0.3, 6);
  });

  it('A11 an end value fills a battery where energy is cheaper, and empties it where it is dearer', async () => {
    const valued = (end_value_per_kwh: number) => site({ stores: [{ ...battery, end_value_per_kwh }] });
    const filled = await plan(hourly([0.2], [valued(0.3)]));
    expect(rounded(filled.sites[0]?.battery_kw)).toEqual([4]);
    expect(filled.cost).toMatchObject({ stored: expect.closeTo(-1.2, 6), total: expect.closeTo(1.8 - 1.2, 6) });
    expect(rounded((await plan(hourly([0.2], [valued(0.1)]))).sites[0]?.battery_kw)).toEqual([-4]);
  });

  it('A12 a target is reached at its slot, dear hour or not, and given up after', async () => {
    const full = { ...battery, targets: [{ slot: 0, soc_ratio: 0.9 }] };
    const found = await plan(hourly([0.9, 0.1], [site({ stores: [full] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
  });

  it('A13 power follows the state of charge along its line', async () => {
    const tapering = {
      ...battery,
      soc_ratio: 0.75,
      end_value_per_kwh: 1,
      charge_kw: [
        [0, 4],
        [0.5, 4],
        [1, 0],
      ] as const,
    };
    const found = await plan(hourly([0.1, 0.1], [site({ stores: [tapering] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([2, 0.4]);
  });

  it('A14 what is lost of itself need not be bought back', async () => {
    const leaky = { ...battery, loss_ratio_per_hour: 0.1, wear_cost_per_kwh: 0.05 };
    const found = await plan(hourly([0.2, 0.2], [site({ stores: [leaky] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([0, 0]);
    expect(rounded(found.sites[0]?.soc_ratio)).toEqual([0.45, 0.405]);
  });

  it('A15 a peak that the month has paid for already costs nothing; what is above it is shaved', async () => {
    const peaks = [{ from_slot: -100, until_slot: 2, price_per_kw: 2, so_far_kw: 7 }];
    const bare = await plan(hourly([0.1, 0.1], [site({ load_kw: [5, 9], tariff: { peaks } })]));
    expect(bare.cost.capacity).toBeCloseTo(4, 6);
    const shaved = await plan(hourly([0.1, 0.1], [site({ load_kw: [5, 9], tariff: { peaks }, stores: [battery] })]));
    expect(Math.max(...(shaved.sites[0]?.import_kw ?? []))).toBeLessThanOrEqual(7.001);
    expect(shaved.cost.capacity).toBeCloseTo(0, 5);
  });

  it('A16 changes of flow are smoothed where they cost', async () => {
    const ramp = { price_per_kw: 0.1, before_kw: 2 };
    const found = await plan(hourly([0.1, 0.1], [site({ load_kw: [2, 8], tariff: { ramp }, stores: [battery] })]));
    expect(rounded(found.sites[0]?.import_kw)).toEqual([5, 5]);
    expect(found.cost.capacity).toBeCloseTo(0.3, 6);
  });

  it('A17 the cheaper of two connections comes first, up to its limit', async () => {
    const connections = [grid([0.3], { connection: 'spare' }), grid([0.1], { connection: 'main', import_limit_kw: 3 })];
    const found = await plan(hourly([0.3], [site({ connections })]));
    expect(found.sites[0]?.connections).toEqual([
      { connection: 'spare', net_kw: [2] },
      { connection: 'main', net_kw: [3] },
    ]);
    expect(found.cost.total).toBeCloseTo(0.9, 6);
  });

  it('A18 setpoints reach over the first eight slots, in time order', async () => {
    const found = await plan(hourly(Array<number>(10).fill(0.2), [site({ stores: [battery] })]));
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
  const peaky = hourly(
    [0.2, 0.2],
    [site({ load_kw: [5, 9], connection: { import_limit_kw: 7 }, stores: [{ ...battery, soc_ratio: 0 }] })],
  );

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

  it('in the middle of the tiers, the first solution stands', async () => {
    const tight = hourly([0.2], [site({ load_kw: 9, connection: { import_limit_kw: 7 }, stores: [battery] })], {
      feeders: [{ feeder: 'north', limit_kw: 4 }],
    });
    let calls = 0;
    const once: LinearSolver['solve'] = (model, options) => {
      calls += 1;
      return calls === 1 ? highs.solve(model, options) : Promise.resolve({ status: 'timed_out', solveMs: 5 });
    };
    const found = await solveEnergy(tight, { solver: scripted(once), deadlineMs: 10_000, seed: 1 });
    expect(found.solve).toMatchObject({ status: 'feasible', failure: null });
    expect(found.plan.violations).toMatchObject([{ limit: 'feeder_limit', worst_kw: expect.closeTo(1, 6) }]);
    expect(checkEnergyPlan(tight, found.plan)).toEqual([]);
  });

  it('a real solver past its deadline counts as timed out', async () => {
    const found = await solveEnergy(fiveSites(), { solver: jslp, deadlineMs: 1, seed: 1 });
    expect(found.solve.status).toBe('timed_out');
    expect(found.plan.cost.total).toBe(found.plan.cost.without_plan);
  });

  it('a problem with faults is thrown back', async () => {
    await expect(solveEnergy(hourly([NaN], [site()]), { solver: highs, deadlineMs: 10, seed: 1 })).rejects.toThrow(
      'import_price_per_kwh[0]: It must be a finite number. (found NaN) [finite]',
    );
  });
});
