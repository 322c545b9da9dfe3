import { describe, expect, it } from '@jest/globals';
import type { EnergyViolation } from '#libs/energy';

import { energyPlan, minute } from '../live/plan.fixture.js';
import { earlierPlan } from './earlier-plan.fixture.js';
import { energyPlanSchema } from './energy.schema.js';
import { planDocument } from './plan-document.js';

const plan = energyPlan('active');
const { problem, content } = plan;
const [site] = problem.sites;
const [connection] = site?.connections ?? [];
if (!site || !connection) throw new Error('The fixture has no site with a connection.');

/** The plan on other feeders, and with other connections of Marshall. */
const on = (feeders: readonly { feeder: string; parent?: string }[], connections = site.connections) =>
  planDocument({
    ...plan,
    problem: {
      ...problem,
      feeders: feeders.map((feeder) => ({ ...feeder, limit_kw: 440 })),
      sites: [{ ...site, connections }],
    },
    content: { ...content, feeders: feeders.map(({ feeder }) => ({ feeder, limit_kw: [440, 440], load_kw: [0, 0] })) },
  });

describe('a plan as the page shows it', () => {
  it('keeps to its schema', () => expect(energyPlanSchema.parse(planDocument(plan))).toEqual(planDocument(plan)));

  it('has limits of a site from its connections that are alive', () => {
    const connections = [connection, { ...connection, import_limit_kw: [50, 60], available: [1, 0] }];
    expect(on([{ feeder: 'north' }], connections).sites).toMatchObject([
      { import_limit_kw: [350, 300], export_limit_kw: [200, 100] },
    ]);
  });

  it('knows what a feeder hangs on', () => {
    expect(on([{ feeder: 'hill' }, { feeder: 'north', parent: 'hill' }]).feeders).toMatchObject([
      { feeder: 'hill', parent: null },
      { feeder: 'north', parent: 'hill' },
    ]);
  });

  it('says where a switch stands when, and has the limits of what it has closed', () => {
    const other = { ...connection, connection: 'tie', feeder: 'south', import_limit_kw: 50 };
    const planned = content.sites[0];
    if (!planned) throw new Error('The fixture has no planned site.');
    const names = [connection.connection, 'tie'];
    const operated = { closed: names[0] ?? '', operation_cost: 1, most_operations: 1 };
    const switches = [{ switch: 'transfer', connections: names, ...operated }];
    const document = planDocument({
      ...plan,
      problem: { ...problem, sites: [{ ...site, connections: [connection, other], switches }] },
      content: { ...content, sites: [{ ...planned, switches: [{ switch: 'transfer', closed: names }] }] },
    });
    expect(document.sites).toMatchObject([
      {
        import_limit_kw: [300, 50],
        switches: [{ switch: 'transfer', steps: [{ feeder: 'north' }, { connection: 'tie', feeder: 'south' }] }],
      },
    ]);
  });

  it('puts violations in the order of their tiers, then of time, with the unit of their worst', () => {
    const violation = (limit: EnergyViolation['limit'], tier: EnergyViolation['tier'], at: number) => ({
      ...{ limit, tier, at: 'north', worst_kw: 5, kwh: 1, relief: 'less' },
      ...{ from_ms: minute(at), until_ms: minute(at + 15) },
    });
    const violations = [
      violation('soc_target', 'comfort', 0),
      violation('import_limit', 'contract', 15),
      violation('import_limit', 'contract', 0),
      violation('unserved', 'life_safety', 15),
    ];
    const document = planDocument({ ...plan, content: { ...content, violations } });
    expect(document.violations.map(({ tier, from_ms, unit }) => [tier, from_ms, unit])).toEqual([
      ['life_safety', minute(15), 'kW'],
      ['contract', minute(0), 'kW'],
      ['contract', minute(15), 'kW'],
      ['comfort', minute(0), 'kWh'],
    ]);
  });

  it('joins setpoints of one value, and says of what kind their asset is', () => {
    const setpoint = (asset: string, at: number, value: number) => ({
      ...{ venue: 'marshall', asset, value, unit: 'kW' as const },
      ...{ from_ms: minute(at), until_ms: minute(at + 15) },
    });
    const setpoints = [
      setpoint('battery', 0, 40),
      setpoint('load', 0, 0),
      setpoint('battery', 15, 40),
      setpoint('battery', 30, 0),
    ];
    expect(planDocument({ ...plan, content: { ...content, setpoints } }).next).toEqual([
      {
        ...{ site: 'marshall', asset: 'battery', kind: 'store' },
        steps: [
          { from_ms: minute(0), until_ms: minute(30), kw: 40 },
          { from_ms: minute(30), until_ms: minute(45), kw: 0 },
        ],
      },
      {
        ...{ site: 'marshall', asset: 'load', kind: 'load' },
        steps: [{ from_ms: minute(0), until_ms: minute(15), kw: 0 }],
      },
    ]);
  });
});

describe('a plan of an earlier release', () => {
  const earlier = earlierPlan();

  it('is shown like one of this release', () => {
    const now = planDocument(plan);
    const { violations, ...then } = planDocument(earlier);
    expect(then).toEqual({ ...now, violations: undefined, violations_total: 2, shadow_prices: null });
    expect(violations.map(({ tier, unit, relief }) => [tier, unit, relief])).toEqual([
      ['contract', 'kW', ''],
      ['comfort', 'kWh', ''],
    ]);
  });

  it('shows no battery where the site had none', () => {
    const sites = earlier.content.sites.map((one) => ({ ...one, soc_ratio: [0, 0] }));
    const document = planDocument({ ...earlier, content: { ...earlier.content, sites } });
    expect(document.sites.map(({ stores }) => stores)).toEqual([[]]);
  });
});
