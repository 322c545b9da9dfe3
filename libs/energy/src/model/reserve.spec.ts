import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { plainBattery, plainConnection, plainGenerator, plainProblem, plainSite } from '../../test/plain-site.js';
import { type EnergyProblem, type SiteProblem, solveEnergy } from '../index.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const plan = async (problem: EnergyProblem) => {
  const { plan: made, solve } = await solveEnergy(problem, { solver, deadlineMs: 20_000, seed: 1, relativeGap: 0 });
  expect(solve.status).toBe('optimal');
  return made;
};
const brief = ({ violations }: Awaited<ReturnType<typeof plan>>) =>
  violations.map(({ limit, at, worst_kw }) => `${limit} ${at} ${worst_kw.toFixed(1)}`);

/** 80 kW of broadcast behind one connection; the battery's energy is dear in slots 1 and 3. */
const stadium = (parts: Partial<SiteProblem>): SiteProblem =>
  plainSite('stadium', {
    connections: [
      plainConnection('main', 'north', {
        tariff: { import_price_per_kwh: [0.1, 1, 0.1, 1], export_price_per_kwh: 0, carbon_kg_per_kwh: 0 },
      }),
    ],
    loads: [{ load: 'broadcast', tier: 'broadcast', power_kw: 80 }],
    ...parts,
  });
const north = { feeder: 'north', limit_kw: 500 };

describe('reserve in secured slots', () => {
  it('R01 keeps a quarter of an hour of what must be served in the battery', async () => {
    const battery = plainBattery({ capacity_kwh: 40, soc_ratio: 1, end_value_per_kwh: 0 });
    const loose = await plan(plainProblem(4, [north], [stadium({ stores: [battery] })]));
    expect(Math.min(...(loose.sites[0]?.soc_ratio ?? []))).toBeCloseTo(0, 6);
    const made = await plan(plainProblem(4, [north], [stadium({ stores: [battery], secured_slots: [1, 2, 3] })]));
    // 80 kW for a quarter of an hour are 20 of 40 kWh, when slots 1, 2 and 3 begin.
    for (const soc of made.sites[0]?.soc_ratio.slice(0, 3) ?? []) expect(soc).toBeGreaterThanOrEqual(0.5 - 1e-6);
    expect(made.sites[0]?.soc_ratio[3]).toBeCloseTo(0, 6);
    expect(brief(made)).toEqual([]);
  });

  it('R02 says where a site stands and falls with one connection', async () => {
    const made = await plan(plainProblem(4, [north], [stadium({ secured_slots: [2] })]));
    expect(brief(made)).toEqual(['reserve stadium without north 80.0']);
    expect(made.violations[0]).toMatchObject({ tier: 'reserve', from_ms: 1_800_000, until_ms: 2_700_000, kwh: 20 });
  });

  it('R03 starts a generator for it, and only then', async () => {
    const made = await plan(plainProblem(4, [north], [stadium({ units: [plainGenerator], secured_slots: [2] })]));
    expect(made.sites[0]?.units[0]?.on).toEqual([false, false, true, false]);
    expect(brief(made)).toEqual([]);
  });

  it('R04 counts a second connection, as far as its feeder is free', async () => {
    const connections = [plainConnection('main', 'north'), plainConnection('spare', 'south')];
    const neighbour = plainSite('neighbour', {
      connections: [plainConnection('next', 'south')],
      loads: [{ load: 'rest', tier: 'normal', power_kw: 60 }],
    });
    const of = (limit: number) =>
      plan(
        plainProblem(
          1,
          [north, { feeder: 'south', limit_kw: limit }],
          [stadium({ connections, secured_slots: [0] }), neighbour],
        ),
      );
    expect(brief(await of(150))).toEqual([]);
    expect(brief(await of(130))).toEqual(['reserve stadium without north 10.0']);
  });

  it('R05 switches off what has a switch, and no more', async () => {
    const loads = [
      { load: 'broadcast', tier: 'broadcast' as const, power_kw: 80 },
      { load: 'heating', tier: 'normal' as const, power_kw: 50, shed_cost_per_kwh: 5 },
      { load: 'kitchen', tier: 'normal' as const, power_kw: 10 },
    ];
    const made = await plan(plainProblem(4, [north], [stadium({ loads, secured_slots: [0] })]));
    expect(brief(made)).toEqual(['reserve stadium without north 90.0']);
  });
});
