import { afterAll, describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import type { EnergyProblem, Tariff } from '../problem.js';
import { solveEnergy } from '../solve-energy.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

/** An hour of a house that asks for 2 kW at 1 EUR/kWh; a full battery without losses, whose energy is worth `worth` afterwards. */
const house = (worth: number, tariff: Partial<Tariff>): EnergyProblem => ({
  grid: { start: epochMs(0), slotMs: HOUR_MS, count: 1 },
  currency: 'EUR',
  carbon_price_per_kg: 0,
  feeders: [{ feeder: 'street', limit_kw: 100 }],
  sites: [
    {
      site: 'house',
      connections: [
        {
          connection: 'house',
          feeder: 'street',
          import_limit_kw: 100,
          export_limit_kw: 100,
          tariff: { import_price_per_kwh: 1, export_price_per_kwh: 0, carbon_kg_per_kwh: 0, ...tariff },
        },
      ],
      loads: [{ load: 'load', tier: 'normal', power_kw: 2 }],
      supplies: [],
      stores: [
        {
          store: 'battery',
          capacity_kwh: 10,
          charge_kw: 10,
          discharge_kw: 10,
          charge_efficiency: 1,
          discharge_efficiency: 1,
          wear_cost_per_kwh: 0,
          soc_min_ratio: 0,
          soc_max_ratio: 1,
          soc_ratio: 1,
          end_value_per_kwh: worth,
        },
      ],
      units: [],
      tasks: [],
    },
  ],
});

const planOf = async (problem: EnergyProblem) => {
  const { plan, solve } = await solveEnergy(problem, { solver, deadlineMs: 10_000, seed: 1 });
  expect(solve.failure).toBeNull();
  const [given = 0] = plan.sites[0]?.battery_kw ?? [];
  return { given: -given, cost: plan.cost, solve };
};

describe('a flow that may come otherwise', () => {
  it('S01 without a spread the battery gives what is expected, whenever that is worth more now', async () => {
    expect((await planOf(house(0.8, {}))).given).toBeCloseTo(2, 6);
  });

  // Loads of 0, 2 or 4 kW: the first two kWh replace import in two cases of three, the next two in one.
  it.each([
    { name: 'S02 gives nothing that is worth more than two thirds', worth: 0.8, given: 0, energy: 2 },
    { name: 'S03 gives what two cases of three use', worth: 0.5, given: 2, energy: 2 / 3 },
    { name: 'S04 gives also what one case uses, when it is worth little', worth: 0.2, given: 4, energy: 0 },
  ])('$name', async ({ worth, given, energy }) => {
    const found = await planOf(house(worth, { spread_kw: [-2, 0, 2] }));
    expect(found.given).toBeCloseTo(given, 6);
    expect(found.cost.energy).toBeCloseTo(energy, 6);
  });

  it('S05 a change of flow is paid at its mean, and the objective counts as the cost does', async () => {
    const tariff = { spread_kw: [-1, 1], ramp: { price_per_kw: 0.1, before_kw: 2 }, export_price_per_kwh: 0.5 };
    const { cost, solve } = await planOf(house(2, tariff));
    expect(cost).toMatchObject({ energy: expect.closeTo(2, 6), capacity: expect.closeTo(0.1, 6) });
    // 10 kWh left at 2 each; ties are broken at a ten thousandth.
    expect(solve.objective).toBeCloseTo(cost.total - 20, 2);
  });
});
