import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { battery, commitment, generator, grid, hourly, load, site, type SiteChanges } from '../test/one-site.js';
import { planOf, rounded } from '../test/plan-of.js';
import type { EnergyPlan, ShadowPrice } from './plan.js';
import { withoutPlan } from './plan/assemble-plan.js';
import type { EnergyProblem } from './problem.js';

const highs = createSolver('highs');
afterAll(() => highs.close());
const plan = (problem: EnergyProblem): Promise<EnergyPlan> => planOf(problem, highs);

describe('the energy planner goes on: limits', () => {
  it('A41 a peak over the import limit is shaved, though every hour costs the same', async () => {
    const peaky = site({ load_kw: [5, 9, 5], connection: { import_limit_kw: 7 }, stores: [battery] });
    const found = await plan(hourly([0.2, 0.2, 0.2], [peaky]));
    expect(found.sites[0]?.import_kw[1]).toBeLessThanOrEqual(7.001);
    expect(found.violations).toEqual([]);
    expect(found.sites[0]?.soc_ratio[2]).toBeCloseTo(0.5, 6);
  });

  it('A42 a limit that cannot hold is kept as far as possible and reported, with the hours, the worst and what would clear it', async () => {
    const empty = { ...battery, soc_ratio: 0 };
    const found = await plan(
      hourly([0.2, 0.2], [site({ load_kw: [5, 20], connection: { import_limit_kw: 7 }, stores: [empty] })]),
    );
    expect(found.violations).toEqual([
      {
        limit: 'import_limit',
        tier: 'contract',
        at: 'rink',
        from_ms: 3_600_000,
        until_ms: 7_200_000,
        worst_kw: expect.closeTo(11, 3),
        kwh: expect.closeTo(11, 3),
        relief: '11.0 kW more import, or so much less load',
      },
    ]);
  });

  it('A43 two sites share a feeder: one exports from its battery so that the other may import', async () => {
    const giver = site({ site: 'hall', load_kw: 0, stores: [battery] });
    const found = await plan(
      hourly([0.2], [site({ load_kw: 10 }), giver], { feeders: [{ feeder: 'north', limit_kw: 7 }] }),
    );
    expect(found.sites[1]?.battery_kw[0]).toBeCloseTo(-3, 3);
    expect(found.feeders).toEqual([{ feeder: 'north', limit_kw: [7], load_kw: [expect.closeTo(7, 3)] }]);
    expect(found.violations).toEqual([]);
  });

  it('A44 a substation carries what its feeders carry', async () => {
    const feeders = [
      { feeder: 'north', parent: 'substation', limit_kw: 10 },
      { feeder: 'south', parent: 'substation', limit_kw: 10 },
      { feeder: 'substation', limit_kw: [13, 16] },
    ];
    const hall = site({ site: 'hall', load_kw: 8, connection: { feeder: 'south' }, stores: [battery] });
    const found = await plan(hourly([0.2, 0.2], [site({ load_kw: 8 }), hall], { feeders }));
    expect(found.sites[1]?.battery_kw[0]).toBeLessThanOrEqual(-3 + 1e-3);
    expect(found.feeders[2]).toMatchObject({ limit_kw: [13, 16], load_kw: [expect.closeTo(13, 2), expect.anything()] });
  });

  it('A45 what hangs on a feeder can be settled there together: one sells to the other', async () => {
    const tariff = { import_price_per_kwh: 0.3, export_price_per_kwh: 0, carbon_kg_per_kwh: 0 };
    const feeders = [{ feeder: 'north', limit_kw: 100, tariff }];
    const roof = site({ site: 'hall', load_kw: 0, pv_kw: 3 });
    const found = await plan(hourly([0], [site(), roof], { feeders }));
    expect(found.cost.energy).toBeCloseTo(0.6, 6);
  });

  it('A46 while one connection is dead, the other carries the site', async () => {
    const connections = [
      grid([0.1, 0.1], { connection: 'main', available: [1, 0] }),
      grid([0.3, 0.3], { connection: 'spare' }),
    ];
    const found = await plan(hourly([0.1, 0.1], [site({ connections })]));
    expect(found.sites[0]?.connections.map(({ net_kw }) => rounded(net_kw))).toEqual([
      [5, 0],
      [0, 5],
    ]);
    expect(found.cost.total).toBeCloseTo(0.5 + 1.5, 6);
  });

  it('A47 a charge measured under its band comes back as fast as power allows, dear hour or not', async () => {
    const low = { ...battery, soc_min_ratio: 0.6, soc_ratio: 0.1 };
    const found = await plan(hourly([0.9, 0.1, 0.1], [site({ stores: [low] })]));
    expect(rounded(found.sites[0]?.battery_kw.slice(0, 2))).toEqual([4, 1]);
    expect(found.violations).toMatchObject([
      { limit: 'soc_band', at: 'rink battery', from_ms: 0, until_ms: 3_600_000, kwh: expect.closeTo(1, 6) },
    ]);
  });

  it('A48 a charge measured over its band goes down as fast as power allows', async () => {
    const high = { ...battery, soc_max_ratio: 0.4, soc_ratio: 1 };
    const found = await plan(hourly([0.1, 0.1, 0.5], [site({ stores: [high] })]));
    expect(rounded(found.sites[0]?.battery_kw.slice(0, 2))).toEqual([-4, -2]);
  });

  it('A49 but not by charging and discharging at once where nobody takes it', async () => {
    const high = { ...battery, discharge_efficiency: 0.5, soc_max_ratio: 0.4, soc_ratio: 1 };
    const found = await plan(hourly([0.1], [site({ load_kw: 1, connection: { export_limit_kw: 0 }, stores: [high] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([-1]);
    expect(found.violations).toMatchObject([{ limit: 'soc_band', worst_kw: expect.closeTo(4, 6) }]);
  });
});

describe('the energy planner goes on: what gives way first', () => {
  const island: SiteChanges = { connections: [] };

  it('A51 life safety goes before broadcast, broadcast before the rest', async () => {
    const loads = [
      load('kiosk', 3),
      load('cameras', 3, { tier: 'broadcast' }),
      load('exit signs', 3, { tier: 'life_safety' }),
    ];
    const found = await plan(hourly([0.1], [site({ ...island, loads, units: [{ ...generator, capacity_kw: 4 }] })]));
    expect(found.violations.map(({ tier, at, worst_kw }) => [tier, at, rounded([worst_kw])[0]])).toEqual([
      ['broadcast', 'rink cameras', 2],
      ['supply', 'rink kiosk', 3],
    ]);
  });

  it('A52 one kWh of broadcast goes before a band that is missed for hours', async () => {
    const hours = 12;
    const loads = [load('cameras', [1, ...Array<number>(hours - 1).fill(0)], { tier: 'broadcast' })];
    const kept = { ...battery, soc_ratio: 0.9, soc_min_ratio: 0.9 };
    const found = await plan(hourly(Array<number>(hours).fill(0.1), [site({ ...island, loads, stores: [kept] })]));
    expect(found.violations).toMatchObject([
      { limit: 'soc_band', from_ms: 0, until_ms: hours * 3_600_000, worst_kw: expect.closeTo(1, 6) },
    ]);
  });

  it('A53 a feeder goes before an export limit', async () => {
    const giver = site({ site: 'hall', load_kw: 0, connection: { export_limit_kw: 1 }, stores: [battery] });
    const found = await plan(
      hourly([0.2], [site({ load_kw: 10 }), giver], { feeders: [{ feeder: 'north', limit_kw: 7 }] }),
    );
    expect(found.violations).toMatchObject([
      { limit: 'export_limit', tier: 'contract', at: 'hall', worst_kw: expect.closeTo(2, 3) },
    ]);
  });

  it('A54 an import limit goes before the band of the battery', async () => {
    const reserve = { ...battery, soc_min_ratio: 0.5 };
    const found = await plan(
      hourly([0.2], [site({ load_kw: 10, connection: { import_limit_kw: 7 }, stores: [reserve] })]),
    );
    expect(found.sites[0]?.import_kw[0]).toBeCloseTo(7, 3);
    expect(found.violations).toMatchObject([
      { limit: 'soc_band', tier: 'comfort', at: 'rink battery', worst_kw: expect.closeTo(3, 3) },
    ]);
  });

  it('A55 a limit goes before money: what may be shed at a price is shed', async () => {
    const loads = [load('load', 5), load('fountain', 5, { shed_cost_per_kwh: 1000 })];
    const found = await plan(hourly([0.1], [site({ loads, connection: { import_limit_kw: 8 } })]));
    expect(rounded(found.sites[0]?.unserved_kw)).toEqual([2]);
    expect(found.violations).toEqual([]);
  });
});

describe('the energy planner goes on: what a limit is worth', () => {
  /** The price that the plan names, and what one kW more of the limit really saves. */
  const compare = async (
    of: (more: number) => EnergyProblem,
    limit: ShadowPrice['limit'],
  ): Promise<readonly [named: number, saved: number]> => {
    const [now, loosened] = [await plan(of(0)), await plan(of(1))];
    const named = now.shadow_prices.filter((price) => price.limit === limit);
    return [named.reduce((sum, { price_per_kw }) => sum + price_per_kw, 0), now.cost.total - loosened.cost.total];
  };

  const own = { load_kw: [9, 6], units: [generator] };

  it.each<[string, ShadowPrice['limit'], (more: number) => EnergyProblem, number]>([
    [
      'A56 of a connection',
      'import_limit',
      (more) => hourly([0.1, 0.2], [site({ ...own, connection: { import_limit_kw: 5 + more } })]),
      0.3 + 0.2,
    ],
    [
      'A57 of a feeder',
      'feeder_limit',
      (more) => hourly([0.1, 0.3], [site(own)], { feeders: [{ feeder: 'north', limit_kw: 7 + more }] }),
      0.3,
    ],
    [
      'A58 of selling',
      'export_limit',
      (more) =>
        hourly(
          [0.3],
          [
            site({
              load_kw: 1,
              pv_kw: 9,
              connection: { export_limit_kw: 2 + more },
              tariff: { export_price_per_kwh: 0.1 },
            }),
          ],
        ),
      0.1,
    ],
    [
      'A59 with machines that are on or off, as they are',
      'import_limit',
      (more) => {
        const unit = { ...generator, commitment: { ...commitment, min_kw: 2, start_cost: 1 } };
        return hourly([0.1], [site({ load_kw: 9, units: [unit], connection: { import_limit_kw: 5 + more } })]);
      },
      0.3,
    ],
  ])('%s: what one kW more saves', async (_, limit, of, worth) => {
    const [named, saved] = await compare(of, limit);
    // Ties are broken by a ten-thousandth of the dearest kWh, which shows in a price.
    expect(named).toBeCloseTo(worth, 3);
    expect(saved).toBeCloseTo(worth, 6);
  });

  it('A61 the relief is the smallest raise for all of the time, not the worst excess', async () => {
    const of = (more: number) => {
      const empty = { ...battery, soc_ratio: 0 };
      const raised = [7, 7 + more, 7 + more];
      return plan(
        hourly(
          [0.2, 0.2, 0.2],
          [site({ load_kw: [5, 12, 20], connection: { import_limit_kw: raised }, stores: [empty] })],
        ),
      );
    };
    const [found] = (await of(0)).violations;
    // 2 kWh come from the first hour; with 9 kW more, 4 are charged in the second and given in the third.
    expect(found).toMatchObject({
      limit: 'import_limit',
      from_ms: 3_600_000,
      until_ms: 10_800_000,
      kwh: expect.closeTo(16, 3),
    });
    expect(found?.worst_kw).toBeGreaterThan(10.99);
    expect(found?.least_kw).toBeCloseTo(9, 4);
    expect(found?.relief).toBe('9.0 kW more import, or so much less load, all that time');
    expect((await of(9)).violations).toEqual([]);
    expect((await of(8.9)).violations).toHaveLength(1);
  });

  it('A62 is said to be at most the worst excess where nobody has looked for less', () => {
    const idle = withoutPlan(hourly([0.2, 0.2], [site({ load_kw: [8, 9], connection: { import_limit_kw: 7 } })]));
    expect(idle.violations.map(({ relief }) => relief)).toEqual(['at most 2.0 kW more import, or so much less load']);
  });

  it('A63 breaks no other limit further: what one feeder is spared another does not carry', async () => {
    const feeders = [
      { feeder: 'north', limit_kw: [4, 4] },
      { feeder: 'south', limit_kw: [0, 0] },
    ];
    const connections = [
      grid([0.2, 0.2], { connection: 'main' }),
      grid([0.2, 0.2], { connection: 'spare', feeder: 'south' }),
    ];
    const found = await plan(hourly([0.2, 0.2], [site({ load_kw: [6, 9], connections })], { feeders }));
    const over = found.violations.map(({ worst_kw, least_kw = worst_kw }) => least_kw);
    expect(over.reduce((sum, kw) => sum + kw, 0)).toBeGreaterThanOrEqual(5 - 1e-3);
  });

  it('A60 a broken limit has a relief, not a price', async () => {
    const found = await plan(hourly([0.1], [site({ connection: { import_limit_kw: 4 } })]));
    expect(found.violations).toHaveLength(1);
    expect(found.shadow_prices).toEqual([]);
  });
});
