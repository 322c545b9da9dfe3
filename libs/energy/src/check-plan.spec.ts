import { describe, expect, it } from '@jest/globals';
import { battery, commitment, generator, grid, hourly, load, north, site, task } from '../test/one-site.js';
import { checkEnergyPlan } from './check-plan.js';
import type { EnergyPlan, SitePlan } from './plan.js';
import { withoutPlan } from './plan/assemble-plan.js';
import type { EnergyProblem } from './problem.js';

/** Two hours: sun in the first, an import limit that is broken in the second. */
const problem = hourly(
  [0.2, 0.3],
  [
    site({
      pv_kw: [2, 0],
      connections: [grid([0.2, 0.3], { import_limit_kw: 4 }), grid([0.2, 0.3], { connection: 'dead', available: 0 })],
      loads: [load('load', 5), load('ice', 0, { bus: 'cold' })],
      stores: [battery],
      units: [
        {
          ...generator,
          fuel: {
            curve: [
              [0, 0],
              [10, 10],
            ],
            price: 1,
            carbon_kg: 1,
            on_hand: 3,
          },
          commitment: { ...commitment, min_kw: 2, min_up_slots: 2, min_down_slots: 11, start_cost: 1 },
        },
      ],
      tasks: [task(1, { energy_kwh: 0, interruptible: false })],
    }),
  ],
);
const good = withoutPlan(problem);

const change = (changes: Partial<SitePlan>, others: Partial<EnergyPlan> = {}): EnergyPlan => ({
  ...good,
  sites: good.sites.map((series) => ({ ...series, ...changes })),
  ...others,
});
const store = (power_kw: number[], soc_ratio: number[]) =>
  change({ stores: [{ store: 'battery', power_kw, soc_ratio }] });
const unit = (level_kw: number[], on: boolean[]) => change({ units: [{ unit: 'generator', level_kw, on }] });
const listed = (changes: Partial<EnergyPlan['violations'][number]>) =>
  change({}, { violations: good.violations.map((one) => ({ ...one, ...changes })) });

describe('checkEnergyPlan', () => {
  it('accepts the plan of doing nothing, its broken limit listed', () => {
    expect(good.violations).toMatchObject([{ limit: 'import_limit', worst_kw: 1 }]);
    expect(checkEnergyPlan(problem, good)).toEqual([]);
  });

  it.each<[string, EnergyPlan, string]>([
    ['a missing site', { ...good, sites: [] }, 'The plan has sites [], not [rink]'],
    ['a series that is too short', change({ load_kw: [5] }), 'rink has not one value a slot'],
    [
      'power from nowhere',
      change({
        connections: [
          { connection: 'rink', net_kw: [3, 4] },
          { connection: 'dead', net_kw: [0, 0] },
        ],
      }),
      'slot 1: power is given 4 kW and takes 5 kW',
    ],
    [
      'power through what is dead',
      change({
        connections: [
          { connection: 'rink', net_kw: [3, 4] },
          { connection: 'dead', net_kw: [0, 1] },
        ],
      }),
      'dead, slot 1: it is dead, at 1 kW',
    ],
    ['totals that do not add up', change({ import_kw: [3, 6] }), 'total import is 6, its parts make 5'],
    ['more sun than shines', change({ supplies: [{ supply: 'pv', used_kw: [3, 0] }] }), 'used 3 is not within 0 and 2'],
    [
      'a load that goes without beside a connection',
      change({
        loads: [
          { load: 'load', unserved_kw: [0, 1] },
          { load: 'ice', unserved_kw: [0, 0] },
        ],
      }),
      'rink load, slot 1: unserved 1 is not within 0 and 0',
    ],
    ['a battery beyond its power', store([5, 0], [1, 1]), 'power 5 is not within -4 and 4'],
    ['charge that power does not explain', store([0, 0], [0.6, 0.6]), 'it holds 6 kWh, power and losses give 5 kWh'],
    ['a charge over full', store([4, 4], [0.9, 1.3]), 'energy 13 is not within 0 and 10'],
    ['a machine under its least level', unit([0, 1], [false, true]), 'level 1 is not within 2 and 10'],
    ['a machine that runs while it is off', unit([0, 2], [false, false]), 'it is off, at 2 kW'],
    ['a start too soon', unit([2, 2], [true, true]), 'slot 0: it starts after 10 slots off'],
    ['a stop too soon', unit([2, 0], [true, false]), 'min_up is over by 1 and is not listed'],
    ['more fuel than there is', unit([2, 2], [true, true]), 'fuel 4 is not within 0 and 3'],
    [
      'a task outside its window',
      change({ tasks: [{ task: 'snow', power_kw: [0, 1] }] }),
      'rink snow, slot 1: power 1 is not within 0 and 0',
    ],
    [
      'a feeder that does not add up',
      { ...good, feeders: [{ feeder: 'north', limit_kw: [1000, 1000], load_kw: [3, 4] }] },
      'its load is 4 kW, what hangs on it takes 5 kW',
    ],
    ['a broken limit that is not listed', { ...good, violations: [] }, 'import_limit is over by 1 and is not listed'],
    ['a limit listed in a wrong tier', listed({ tier: 'comfort' }), 'rink has no import_limit in tier comfort'],
    ['a limit listed where it holds', listed({ from_ms: 0 }), 'slot 0: import_limit holds and is listed'],
    ['a raise that is not enough', listed({ least_kw: 0.5 }), 'import_limit is said to hold with 0.5 kW more'],
    ['a limit listed with a wrong size', listed({ worst_kw: 2 }), 'listed with 2 and 1 kWh, it is over by 1 and 1 kWh'],
    ['a cost part that is wrong', { ...good, cost: { ...good.cost, capacity: 1 } }, 'capacity is 1, the series make 0'],
    ['a total that does not add up', { ...good, cost: { ...good.cost, total: 1 } }, 'total is 1, the series make 2.1'],
    ['carbon that nobody made', { ...good, carbon_kg: 1 }, 'Carbon is 1 kg, the series make 0 kg'],
  ])('finds %s', (_, plan, message) => {
    expect(checkEnergyPlan(problem, plan).join('\n')).toContain(message);
  });

  it('finds a run that is broken off', () => {
    const snowing = hourly([0.1, 0.1, 0.1], [site({ tasks: [task(3, { energy_kwh: 8, interruptible: false })] })]);
    const plan = withoutPlan(snowing);
    expect(plan.sites[0]?.tasks[0]?.power_kw).toEqual([4, 4, 0]);
    const broken = {
      ...plan,
      sites: plan.sites.map((one) => ({ ...one, tasks: [{ task: 'snow', power_kw: [4, 0, 4] }] })),
    };
    expect(checkEnergyPlan(snowing, broken).join('\n')).toContain('it must run once, evenly, without a pause');
  });
});

describe('without a plan', () => {
  const idle = (of: EnergyProblem): SitePlan | undefined => {
    const plan = withoutPlan(of);
    expect(checkEnergyPlan(of, plan)).toEqual([]);
    return plan.sites[0];
  };
  const chiller = {
    ...generator,
    unit: 'chiller',
    outputs: [{ bus: 'cold', per_kw: 3 }],
    inputs: [{ bus: 'power', per_kw: 1 }],
  };
  const ice = load('ice', 6, { bus: 'cold' });

  it('batteries rest, sun is used, nothing is shed, and cold is made as it is asked for', () => {
    const loads = [load('load', 5, { shed_cost_per_kwh: 0 }), ice];
    expect(
      idle(hourly([1], [site({ loads, pv_kw: 9, stores: [battery], units: [chiller, generator] })])),
    ).toMatchObject({
      battery_kw: [0],
      curtailed_kw: [0],
      export_kw: [2],
      unserved_kw: [0],
      units: [{ level_kw: [2] }, { level_kw: [0] }],
    });
  });

  it('in an outage generators carry what they can; then broadcast goes dark after what is not', () => {
    const loads = [load('cameras', 3, { tier: 'broadcast' }), load('kiosk', 3)];
    expect(
      idle(hourly([1], [site({ loads, connection: { available: 0 }, units: [{ ...generator, capacity_kw: 4 }] })])),
    ).toMatchObject({ generated_kw: [4], loads: [{ unserved_kw: [0] }, { unserved_kw: [2] }] });
  });

  it('in an outage without generators there is light while there is sun, no cold, and tasks wait', () => {
    const dark = { loads: [load('load', 1), ice], pv_kw: [2, 0], units: [chiller], tasks: [task(3)] };
    expect(
      idle(hourly([1, 1, 1], [site({ ...dark, pv_kw: [1, 0, 0], connection: { available: [0, 0, 1] } })])),
    ).toMatchObject({
      unserved_kw: [0, 1, 0],
      loads: [{}, { unserved_kw: [6, 6, 0] }],
      tasks: [{ power_kw: [0, 0, 4] }],
    });
  });

  it('a machine goes on at its least level as long as it must', () => {
    const on = { ...commitment, min_kw: 2, min_up_slots: 2, on: true, slots_so: 1 };
    expect(idle(hourly([1, 1], [site({ units: [{ ...generator, commitment: on }] })]))).toMatchObject({
      units: [{ level_kw: [2, 0], on: [true, false] }],
    });
  });

  it('feeders know what hangs on them through others', () => {
    const feeders = [
      { ...north, parent: 'substation' },
      { feeder: 'substation', limit_kw: 4 },
    ];
    const plan = withoutPlan(hourly([1], [site()], { feeders }));
    expect(plan.feeders.map(({ load_kw }) => load_kw)).toEqual([[5], [5]]);
    expect(plan.violations).toMatchObject([{ limit: 'feeder_limit', at: 'substation', worst_kw: 1 }]);
  });
});
