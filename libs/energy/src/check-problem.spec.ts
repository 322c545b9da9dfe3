import { describe, expect, it } from '@jest/globals';
import { fiveSites } from '../test/five-sites.js';
import {
  battery,
  commitment,
  generator,
  grid,
  hourly,
  load,
  north,
  site,
  type SiteChanges,
  task,
} from '../test/one-site.js';
import { checkEnergyProblem } from './check-problem.js';
import type { EnergyProblem, Store, Unit } from './problem.js';

const one = (changes: SiteChanges, others: Partial<EnergyProblem> = {}): EnergyProblem =>
  hourly([1], [site(changes)], others);
const stored = (changes: Partial<Store>): EnergyProblem => one({ stores: [{ ...battery, ...changes }] });
const made = (changes: Partial<Unit>): EnergyProblem => one({ units: [{ ...generator, ...changes }] });
const burning = (fuel: Partial<NonNullable<Unit['fuel']>>): EnergyProblem =>
  made({
    fuel: {
      curve: [
        [0, 0],
        [10, 3],
      ],
      price: 1,
      carbon_kg: 2.7,
      ...fuel,
    },
  });

const [CONNECTION, STORE, UNIT, TASK] = ['connections[0]', 'stores[0]', 'units[0]', 'tasks[0]'].map(
  (part) => `sites[0].${part}`,
);

describe('checkEnergyProblem', () => {
  it('finds nothing in a good problem', () => {
    expect(checkEnergyProblem(fiveSites())).toEqual([]);
  });

  it.each<[string, EnergyProblem, string, string, string]>([
    ['no slots', hourly([], [site()]), 'grid.count', '0', 'positive'],
    ['a negative carbon price', one({}, { carbon_price_per_kg: -1 }), 'carbon_price_per_kg', '-1', 'not_negative'],
    [
      'a name used twice',
      hourly([1], [site(), site({ connection: { connection: 'b' } })]),
      'sites[1]',
      '"rink"',
      'unique',
    ],
    [
      'a connection that is there twice',
      hourly([1], [site(), site({ site: 'hall', connection: { connection: 'rink' } })]),
      'connections[1]',
      '"rink"',
      'unique',
    ],
    [
      'a part with the name of another',
      one({ stores: [{ ...battery, store: 'load' }] }),
      'sites[0] parts[1]',
      '"load"',
      'unique',
    ],
    [
      'a negative limit of a feeder',
      one({}, { feeders: [{ ...north, limit_kw: -5 }] }),
      'feeders[0].limit_kw',
      '-5',
      'not_negative',
    ],
    [
      'a feeder on nothing',
      one({}, { feeders: [{ ...north, parent: 'west' }] }),
      'feeders[0].parent',
      '"west"',
      'unknown_feeder',
    ],
    [
      'a feeder on itself',
      one({}, { feeders: [{ ...north, parent: 'north' }] }),
      'feeders[0].parent',
      '"north"',
      'ring',
    ],
    [
      'an unknown feeder',
      one({ connection: { feeder: 'south' } }),
      `${CONNECTION}.feeder`,
      '"south"',
      'unknown_feeder',
    ],
    [
      'a negative limit',
      one({ connection: { import_limit_kw: -5 } }),
      `${CONNECTION}.import_limit_kw`,
      '-5',
      'not_negative',
    ],
    ['half an outage', one({ connection: { available: [0.5] } }), `${CONNECTION}.available[0]`, '0.5', 'dead_or_alive'],
    [
      'an infinite price',
      hourly([Infinity], [site()]),
      `${CONNECTION}.tariff.import_price_per_kwh[0]`,
      'Infinity',
      'finite',
    ],
    [
      'a tariff with a hole',
      hourly([1, 1], [site({ tariff: { import_price_per_kwh: [1], export_price_per_kwh: -1 } })]),
      `${CONNECTION}.tariff.import_price_per_kwh.length`,
      '1',
      'length',
    ],
    [
      'a sale above the purchase',
      one({ tariff: { export_price_per_kwh: [2] } }),
      `${CONNECTION}.tariff.export_price_per_kwh[0]`,
      '2',
      'below_import_price',
    ],
    [
      'a peak window that ends before it begins',
      one({ tariff: { peaks: [{ from_slot: 3, until_slot: 3, price_per_kw: 1, so_far_kw: 0 }] } }),
      `${CONNECTION}.tariff.peaks[0].until_slot`,
      '3',
      'window',
    ],
    [
      'a negative ramp price',
      one({ tariff: { ramp: { price_per_kw: -1, before_kw: 0 } } }),
      `${CONNECTION}.tariff.ramp.price_per_kw`,
      '-1',
      'not_negative',
    ],
    ['a negative load', one({ load_kw: [-1] }), 'sites[0].loads[0].power_kw[0]', '-1', 'not_negative'],
    ['a load NaN', one({ load_kw: [NaN] }), 'sites[0].loads[0].power_kw[0]', 'NaN', 'not_negative'],
    [
      'a price on the dark of an exit sign',
      one({ loads: [load('exit signs', 1, { tier: 'life_safety', shed_cost_per_kwh: 1 })] }),
      'sites[0].loads[0].shed_cost_per_kwh',
      '1',
      'never_shed',
    ],
    [
      'a UPS that is gone before a switch has operated',
      one({ loads: [load('cameras', 1, { ups: { power_kw: 1, autonomy_min: 0.5 } })] }),
      'sites[0].loads[0].ups.autonomy_min',
      '0.5',
      'dip',
    ],
    [
      'a UPS of what is switched off',
      one({ loads: [load('fountain', 1, { shed_cost_per_kwh: 1, ups: { power_kw: 1, autonomy_min: 5 } })] }),
      'sites[0].loads[0].shed_cost_per_kwh',
      '1',
      'switched_off',
    ],
    [
      'lights that strike at once',
      one({ loads: [load('lights', 1, { restrike_min: 0 })] }),
      'sites[0].loads[0].restrike_min',
      '0',
      'positive',
    ],
    ['negative sun', one({ pv_kw: -1 }), 'sites[0].supplies[0].available_kw', '-1', 'not_negative'],
    ['an efficiency over 1', stored({ charge_efficiency: 1.1 }), `${STORE}.charge_efficiency`, '1.1', 'ratio'],
    ['an efficiency of 0', stored({ discharge_efficiency: 0 }), `${STORE}.discharge_efficiency`, '0', 'positive'],
    ['no capacity', stored({ capacity_kwh: 0 }), `${STORE}.capacity_kwh`, '0', 'positive'],
    ['a crossed band', stored({ soc_min_ratio: 0.8, soc_max_ratio: 0.7 }), `${STORE}.soc_max_ratio`, '0.7', 'band'],
    ['a charge over 1', stored({ soc_ratio: 1.2 }), `${STORE}.soc_ratio`, '1.2', 'ratio'],
    [
      'a target after the end',
      stored({ targets: [{ slot: 1, soc_ratio: 1 }] }),
      `${STORE}.targets[0].slot`,
      '1',
      'slot',
    ],
    [
      'a power line that stops short',
      stored({
        charge_kw: [
          [0, 4],
          [0.9, 4],
        ],
      }),
      `${STORE}.charge_kw`,
      '[[0,4],[0.9,4]]',
      'points',
    ],
    [
      'a power line that sags',
      stored({
        discharge_kw: [
          [0, 4],
          [0.5, 1],
          [1, 4],
        ],
      }),
      `${STORE}.discharge_kw`,
      '[[0,4],[0.5,1],[1,4]]',
      'concave',
    ],
    ['a unit without output', made({ outputs: [] }), `${UNIT}.outputs`, '[]', 'output'],
    [
      'a fuel curve that bulges',
      burning({
        curve: [
          [0, 0],
          [5, 3],
          [10, 4],
        ],
      }),
      `${UNIT}.fuel.curve`,
      '[[0,0],[5,3],[10,4]]',
      'convex',
    ],
    [
      'a fuel curve that stands still',
      burning({
        curve: [
          [0, 0],
          [5, 1],
          [5, 2],
        ],
      }),
      `${UNIT}.fuel.curve`,
      '[[0,0],[5,1],[5,2]]',
      'ascending',
    ],
    [
      'idling that nobody can end',
      burning({
        curve: [
          [0, 1],
          [10, 3],
        ],
      }),
      `${UNIT}.fuel.curve`,
      '[[0,1],[10,3]]',
      'burns_nothing_at_rest',
    ],
    ['fuel that is owed', burning({ on_hand: -1 }), `${UNIT}.fuel.on_hand`, '-1', 'not_negative'],
    [
      'a least level above the most',
      made({ commitment: { ...commitment, min_kw: 11 } }),
      `${UNIT}.commitment.min_kw`,
      '11',
      'below_capacity',
    ],
    [
      'half a slot of least time on',
      made({ commitment: { ...commitment, min_up_slots: 0.5 } }),
      `${UNIT}.commitment.min_up_slots`,
      '0.5',
      'count',
    ],
    ['a task without power', one({ tasks: [task(1, { power_kw: 0 })] }), `${TASK}.power_kw`, '0', 'positive'],
    ['a task in the past', one({ tasks: [task(0, { from_slot: -3 })] }), `${TASK}.until_slot`, '0', 'window'],
  ])('names %s, with its value, and only that', (_, problem, path, value, rule) => {
    expect(checkEnergyProblem(problem)).toMatchObject([{ path, value, rule }]);
  });

  it('finds a ring of feeders at each of them', () => {
    const ring = one(
      {},
      {
        feeders: [
          { feeder: 'north', parent: 'south', limit_kw: 1 },
          { feeder: 'south', parent: 'north', limit_kw: 1 },
        ],
      },
    );
    expect(checkEnergyProblem(ring)).toMatchObject([
      { path: 'feeders[0].parent', rule: 'ring' },
      { path: 'feeders[1].parent', rule: 'ring' },
    ]);
  });

  it('names every fault, not only the first', () => {
    const problem = one({ load_kw: [-1], connections: [grid([1], { import_limit_kw: NaN })] });
    expect(checkEnergyProblem(problem).map(({ value }) => value)).toEqual(['NaN', '-1']);
  });
});
