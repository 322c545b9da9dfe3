import { describe, expect, it } from '@jest/globals';
import { battery, hourly, site } from '../test/one-site.js';
import { withoutPlan } from './assemble-plan.js';
import { checkEnergyPlan } from './check-plan.js';
import type { EnergyPlan, SitePlan } from './plan.js';

const sunny = site(2, { pv_kw: [2, 0], import_limit_kw: 4, battery });
const problem = hourly([0.2, 0.3], [sunny]);
const good = withoutPlan(problem);

const change = (changes: Partial<SitePlan>): EnergyPlan => ({
  ...good,
  sites: good.sites.map((series) => ({ ...series, ...changes })),
});

describe('checkEnergyPlan', () => {
  it('accepts the plan of doing nothing, its broken limit listed', () => {
    expect(good.violations).toMatchObject([{ limit: 'import_limit', worst_kw: 1 }]);
    expect(checkEnergyPlan(problem, good)).toEqual([]);
  });

  it.each<[string, EnergyPlan, string]>([
    ['a missing site', { ...good, sites: [] }, 'Site rink is missing'],
    ['power from nowhere', change({ import_kw: [3, 4] }), 'slot 1: import less export is 4 kW, the site takes 5 kW'],
    ['both directions at once', change({ import_kw: [4, 5], export_kw: [1, 0] }), 'imports 4 and exports 1 kW'],
    ['more curtailed than shines', change({ curtailed_kw: [0, 1], import_kw: [3, 6] }), 'curtails 1 kW of 0 kW'],
    ['a broken limit that is not listed', { ...good, violations: [] }, 'import 5 kW is over its limit'],
    [
      'a battery beyond its power',
      change({ battery_kw: [5, 0], import_kw: [8, 5] }),
      '5 kW is more than the battery can',
    ],
    ['charge that power does not explain', change({ soc_ratio: [0.6, 0.5] }), 'changes by 1 kWh, power gives 0 kWh'],
    ['a charge over full', change({ soc_ratio: [0.5, 1.1] }), 'does not fit into 10 kWh'],
    [
      'a feeder that does not add up',
      { ...good, feeders: [{ feeder: 'north', limit_kw: 1000, load_kw: [3, 4] }] },
      'the load is 4 kW, its sites take 5 kW',
    ],
    ['a total that does not add up', { ...good, cost: { ...good.cost, total: 1 } }, 'The total is 1'],
  ])('finds %s', (_, plan, message) => {
    expect(checkEnergyPlan(problem, plan).join('\n')).toContain(message);
  });
});
