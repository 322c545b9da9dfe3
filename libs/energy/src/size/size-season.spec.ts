import { afterAll, describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { plainBattery, plainConnection, plainProblem, plainSite } from '../../test/plain-site.js';
import type { Load, SiteProblem } from '../index.js';
import type { Season, SizeCosts } from './season.js';
import { sizeSeason } from './size-season.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const COSTS: SizeCosts = { connection_per_kw: 5, generator_per_kw: 8, battery_per_kw: 1, battery_per_kwh: 2 };
const generator = {
  unit: 'generator',
  capacity_kw: 0,
  outputs: [{ bus: 'power', per_kw: 1 }],
  inputs: [],
  cost_per_kwh: 0.5,
};
const battery = plainBattery({ soc_ratio: 0, charge_efficiency: 0.9, discharge_efficiency: 0.9 });
const load = (power_kw: Load['power_kw'], shed_cost_per_kwh = 100): Load => ({
  load: 'all',
  tier: 'normal',
  power_kw,
  shed_cost_per_kwh,
});

/** A day of so many hours of one site behind a wide feeder. */
const day = (hours: number, parts: Partial<SiteProblem>, weight = 1) => {
  const site = plainSite('hall', { connections: [plainConnection('main', 'north')], ...parts });
  const problem = plainProblem(hours, [{ feeder: 'north', limit_kw: 10_000 }], [site]);
  return { problem: { ...problem, grid: { ...problem.grid, slotMs: HOUR_MS } }, weight };
};
const size = async (days: Season['days'], more: Partial<Season> = {}) => {
  const season = { days, costs: COSTS, value_of_lost_load: 100, value_of_critical_load: 1000, ...more };
  return sizeSeason(season, { solver, deadlineMs: 20_000 });
};

describe('sizes of a season', () => {
  it('Z01 makes a connection as large as a load that never changes', async () => {
    const { sizes, cost } = await size([day(4, { loads: [load(100)], stores: [battery], units: [generator] }, 10)]);
    expect(sizes).toMatchObject([{ site: 'hall', generator_kw: 0, battery_kw: 0, battery_kwh: 0 }]);
    expect(sizes[0]?.connection_kw).toBeCloseTo(100, 9);
    // 5 a kW; ten days of 400 kWh at 0.20.
    expect(cost.capital).toBeCloseTo(500, 6);
    expect(cost.running).toBeCloseTo(800, 6);
  });

  it('Z02 shaves a short peak with a battery where that is cheaper', async () => {
    const peaky = { loads: [load([100, 100, 100, 200])], stores: [battery] };
    const with_ = await size([day(4, peaky)]);
    const [made] = with_.sizes;
    expect(made?.connection_kw).toBeLessThan(150);
    expect(made?.battery_kw).toBeCloseTo(200 - (made?.connection_kw ?? 0), 6);
    const without = await size([day(4, { loads: peaky.loads })]);
    expect(without.sizes[0]?.connection_kw).toBeCloseTo(200, 9);
    expect(with_.cost.total).toBeLessThan(without.cost.total);
  });

  it('Z03 leaves unserved what is worth less than a size for it', async () => {
    const rare = [day(4, { loads: [load([50, 50, 50, 150])] }, 1)];
    const cheap = await size(rare, { value_of_lost_load: 4 });
    expect(cheap.sizes[0]?.connection_kw).toBeCloseTo(50, 9);
    expect(cheap.unserved_kwh).toBeCloseTo(100, 6);
    expect((await size(rare, { value_of_lost_load: 6 })).unserved_kwh).toBeCloseTo(0, 6);
  });

  it('Z04 has a generator for what must not fail in an outage, and no larger one', async () => {
    const loads: readonly Load[] = [load(60, 1), { load: 'broadcast', tier: 'broadcast', power_kw: 40 }];
    const dark = {
      loads,
      units: [generator],
      connections: [plainConnection('main', 'north', { available: [1, 0, 1, 1] })],
    };
    const { sizes, critical_unserved_kwh, unserved_kwh } = await size(
      [day(4, { loads, units: [generator] }, 9.5), day(4, dark, 0.5)],
      { value_of_lost_load: 10 },
    );
    expect(sizes[0]?.connection_kw).toBeCloseTo(100, 9);
    expect(sizes[0]?.generator_kw).toBeCloseTo(40, 9);
    expect(critical_unserved_kwh).toBeCloseTo(0, 6);
    // Half an outage of an hour a season.
    expect(unserved_kwh).toBeCloseTo(30, 6);
  });
});
