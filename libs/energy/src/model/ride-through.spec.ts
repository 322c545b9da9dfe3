import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { plainBattery, plainConnection, plainGenerator, plainProblem, plainSite } from '../../test/plain-site.js';
import { planOf } from '../../test/plan-of.js';
import type { EnergyPlan, Load, SiteProblem, TransferSwitch, Unit } from '../index.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const brief = ({ violations }: EnergyPlan): string[] =>
  violations.map(({ limit, at, worst_kw }) => `${limit} ${at} ${worst_kw.toFixed(1)}`);

const lights: Load = { load: 'field lights', tier: 'broadcast', power_kw: 60, restrike_min: 10 };
const rest: Load = { load: 'rest', tier: 'normal', power_kw: 20 };
const tie: TransferSwitch = {
  switch: 'tie',
  connections: ['main', 'spare'],
  closed: 'main',
  operation_cost: 0,
  most_operations: 9,
};
/** 80 kW, of which 60 must strike again after a dip, on two feeders; a session in slot 1 of 3. */
const stadium = (parts: Partial<SiteProblem>, prices: readonly (readonly [string, readonly number[]])[] = []) => {
  const priceOf = new Map(prices);
  const connections = ['main', 'spare'].map((name) =>
    plainConnection(name, `feeder of ${name}`, {
      tariff: {
        import_price_per_kwh: priceOf.get(name) ?? [0.2, 0.2, 0.2],
        export_price_per_kwh: 0,
        carbon_kg_per_kwh: 0,
      },
    }),
  );
  const site = plainSite('stadium', { connections, loads: [lights, rest], secured_slots: [1], ...parts });
  const feeders = ['main', 'spare'].map((name) => ({ feeder: `feeder of ${name}`, limit_kw: 500 }));
  return planOf(plainProblem(3, feeders, [site]), solver);
};
const OUT = 'ride_through stadium without feeder of main 60.0';

describe('lights that must strike again after a dip', () => {
  it('L01 a second connection beside the first holds them', async () => {
    expect(brief(await stadium({}))).toEqual([]);
  });

  it('L02 one that a switch closes first does not, though it carries the rest', async () => {
    const made = await stadium({ switches: [tie], loads: [lights, rest] });
    expect(brief(made)).toEqual([OUT]);
    expect(made.violations[0]).toMatchObject({
      tier: 'reserve',
      from_ms: 900_000,
      until_ms: 1_800_000,
      relief:
        '60.0 kW of field lights held through a dip: by a UPS, stored, of a machine that runs, or of a second connection that is closed',
    });
    expect(brief(await stadium({ switches: [tie], loads: [rest] }))).toEqual([]);
  });

  it('L03 a generator holds them that runs already, so it runs in the session', async () => {
    const made = await stadium({ switches: [tie], units: [plainGenerator] });
    expect(made.sites[0]?.units[0]?.on).toEqual([false, true, false]);
    expect(brief(made)).toEqual([]);
    // Alone it is a loss like another, which the connection survives.
    expect(brief(await stadium({ switches: [tie], units: [{ ...plainGenerator, capacity_kw: 50 }] }))).toEqual([
      'ride_through stadium without feeder of main 10.0',
    ]);
  });

  it('L04 a battery holds them with a minute of their power, until the switch has operated', async () => {
    const held = (soc_ratio: number) =>
      stadium({ switches: [tie], stores: [plainBattery({ soc_ratio, charge_kw: 0, end_value_per_kwh: 1 })] });
    expect(brief(await held(0.01))).toEqual([]);
    expect(brief(await held(0.005))).toEqual(['ride_through stadium without feeder of main 30.0']);
  });

  it('L05 so does a UPS of their own, and not one of another load', async () => {
    const ups = { power_kw: 60, autonomy_min: 2 };
    expect(brief(await stadium({ switches: [tie], loads: [{ ...lights, ups }, rest] }))).toEqual([]);
    expect(brief(await stadium({ switches: [tie], loads: [lights, { ...rest, ups }] }))).toEqual([OUT]);
    const small = { power_kw: 45, autonomy_min: 20 };
    expect(brief(await stadium({ switches: [tie], loads: [{ ...lights, ups: small }, rest] }))).toEqual([
      'ride_through stadium without feeder of main 15.0',
    ]);
  });

  it('L06 what has a switch of its own goes out after a loss, and nobody minds', async () => {
    const loads = [{ ...lights, tier: 'normal' as const, shed_cost_per_kwh: 9 }, rest];
    expect(brief(await stadium({ switches: [tie], loads }))).toEqual([]);
  });

  it('L07 no transfer in a session where that would put them out, cheaper or not', async () => {
    const cheaper: [string, number[]][] = [['spare', [0.5, 0.1, 0.1]]];
    const closedOf = ({ sites }: EnergyPlan) => sites[0]?.switches[0]?.closed;
    const dark = await stadium({ switches: [tie] }, [['main', [0.1, 0.2, 0.2]], ...cheaper]);
    expect(closedOf(dark)).toEqual(['main', 'main', 'spare']);
    const light = await stadium({ switches: [tie], loads: [rest] }, [['main', [0.1, 0.2, 0.2]], ...cheaper]);
    expect(closedOf(light)).toEqual(['main', 'spare', 'spare']);
    const ups = { power_kw: 60, autonomy_min: 2 };
    const held = await stadium({ switches: [tie], loads: [{ ...lights, ups }, rest] }, [
      ['main', [0.1, 0.2, 0.2]],
      ...cheaper,
    ]);
    expect(closedOf(held)).toEqual(['main', 'spare', 'spare']);
  });

  it('L08 one that has to be is made, and what it puts out is listed', async () => {
    const connections = [
      plainConnection('main', 'feeder of main', { available: [1, 0, 0] }),
      plainConnection('spare', 'feeder of spare'),
    ];
    const made = await stadium({ connections, switches: [tie], loads: [lights] });
    // Before the session, so that it need not be in it.
    expect(made.sites[0]?.switches[0]?.closed).toEqual(['spare', 'spare', 'spare']);
    expect(brief(made)).toEqual([
      'reserve stadium without feeder of spare 60.0',
      'ride_through stadium without feeder of spare 60.0',
    ]);
    const late = await stadium({ connections, switches: [tie], loads: [lights], secured_slots: [0, 1] });
    expect(brief(late)).toContain('ride_through stadium while tie operates 60.0');
  });
});

describe('switches in the reserve', () => {
  const four = ['main', 'spare', 'other', 'last'];
  const switches = [
    { ...tie, operation_cost: 1 },
    { ...tie, switch: 'second tie', connections: ['other', 'last'], closed: 'other', operation_cost: 1 },
  ];
  const connections = four.map((name) =>
    plainConnection(name, name === 'main' || name === 'last' ? 'feeder of main' : 'feeder of spare', {
      import_limit_kw: 40,
    }),
  );
  const parts = { connections, switches, loads: [rest, { ...rest, load: 'more', power_kw: 50 }] };

  it('R07 one that has lost its connection closes another, one that has not stays as it is', async () => {
    expect(brief(await stadium(parts))).toEqual([]);
    // Without its generator the site has what both have closed, 40 kW each, not all four.
    const unit: Unit = {
      unit: 'generator',
      capacity_kw: 100,
      outputs: [{ bus: 'power', per_kw: 1 }],
      inputs: [],
      cost_per_kwh: 0.01,
    };
    const large = { ...parts, loads: [{ ...rest, power_kw: 100 }], units: [unit] };
    expect(brief(await stadium(large))).toContain('reserve stadium without stadium generator 20.0');
  });

  it('R08 it closes none that an interlock bars', async () => {
    const interlocks = [{ interlock: 'spare bar', connections: ['spare', 'other'] }];
    const made = await stadium({ ...parts, interlocks });
    // Spare is what takes over for main, and other is closed beside it.
    expect(brief(made)).toEqual(['reserve stadium without feeder of main 30.0']);
  });
});

describe('a UPS in the reserve', () => {
  it('R06 brings its power for its autonomy, to its own load alone', async () => {
    const alone = (ups: Load['ups'], others: readonly Load[] = []) =>
      stadium({
        connections: [plainConnection('main', 'feeder of main')],
        loads: [{ load: 'cameras', tier: 'broadcast', power_kw: 50, ...(ups ? { ups } : {}) }, ...others],
      });
    expect(brief(await alone(undefined))).toEqual(['reserve stadium without feeder of main 50.0']);
    expect(brief(await alone({ power_kw: 50, autonomy_min: 15 }))).toEqual([]);
    expect(brief(await alone({ power_kw: 50, autonomy_min: 6 }))).toEqual([
      'reserve stadium without feeder of main 30.0',
    ]);
    expect(brief(await alone({ power_kw: 90, autonomy_min: 15 }, [rest]))).toEqual([
      'reserve stadium without feeder of main 20.0',
    ]);
  });
});
