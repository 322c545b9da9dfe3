import { type Fault, showValue } from '#libs/kernel';
import {
  type Commitment,
  type Connection,
  type EnergyProblem,
  type Feeder,
  type FuelCurve,
  type Load,
  type PowerBySoc,
  type Series,
  type SiteProblem,
  type Store,
  type Tariff,
  type Task,
  type Unit,
  valueAt,
} from './problem.js';

type Rule = readonly [rule: string, holds: boolean, message: string];

/** Everything that makes a problem unusable: series of the wrong length, numbers that are not finite, limits and efficiencies out of range, names that are unknown or taken, feeders in a ring. */
export const checkEnergyProblem = (problem: EnergyProblem): readonly Fault[] => [
  ...judge('grid.slotMs', problem.grid.slotMs, [positive(problem.grid.slotMs)]),
  ...judge('grid.count', problem.grid.count, [
    positive(problem.grid.count),
    ['integer', Number.isInteger(problem.grid.count), 'The number of slots must be whole.'],
  ]),
  ...judge('carbon_price_per_kg', problem.carbon_price_per_kg, [notNegative(problem.carbon_price_per_kg)]),
  ...checkNames(
    'feeders',
    problem.feeders.map(({ feeder }) => feeder),
  ),
  ...checkNames(
    'sites',
    problem.sites.map(({ site }) => site),
  ),
  ...checkNames(
    'connections',
    problem.sites.flatMap(({ connections }) => connections.map(({ connection }) => connection)),
  ),
  ...problem.feeders.flatMap((feeder, at) => checkFeeder(`feeders[${at}]`, feeder, problem)),
  ...problem.sites.flatMap((site, at) => checkSite(`sites[${at}]`, site, problem)),
];

const finite = (value: number): Rule => ['finite', Number.isFinite(value), 'It must be a finite number.'];
const notNegative = (value: number): Rule => [
  'not_negative',
  Number.isFinite(value) && value >= 0,
  'It must be zero or more.',
];
const positive = (value: number): Rule => ['positive', Number.isFinite(value) && value > 0, 'It must be above zero.'];
const ratio = (value: number): Rule => ['ratio', value >= 0 && value <= 1, 'It must lie between 0 and 1.'];

const judge = (path: string, value: unknown, rules: readonly Rule[]): Fault[] =>
  rules
    .filter(([, holds]) => !holds)
    .map(([rule, , message]) => ({ file: 'problem', path, value: showNumber(value), rule, message }));

/** JSON has no NaN and no Infinity. */
const showNumber = (value: unknown): string => (typeof value === 'number' ? String(value) : showValue(value));

const checkSeries = (
  path: string,
  series: Series,
  { grid }: EnergyProblem,
  rule: (value: number) => Rule,
): readonly Fault[] =>
  typeof series === 'number'
    ? judge(path, series, [rule(series)])
    : [
        ...judge(`${path}.length`, series.length, [
          ['length', series.length === grid.count, `It must have one value a slot, ${grid.count}.`],
        ]),
        ...series.flatMap((value, slot) => judge(`${path}[${slot}]`, value, [rule(value)])),
      ];

const checkNames = (path: string, names: readonly string[]): readonly Fault[] =>
  names.flatMap((name, at) =>
    judge(`${path}[${at}]`, name, [['unique', names.indexOf(name) === at, 'The name is taken by an earlier one.']]),
  );

const checkFeeder = (
  path: string,
  { feeder, parent, limit_kw, tariff }: Feeder,
  problem: EnergyProblem,
): readonly Fault[] => {
  const parents = new Map(problem.feeders.map((one) => [one.feeder, one.parent]));
  const above = new Set<string>();
  for (let at = parent; at !== undefined && !above.has(at); at = parents.get(at)) above.add(at);
  return [
    ...judge(`${path}.parent`, parent, [
      ['unknown_feeder', parent === undefined || parents.has(parent), 'There is no such feeder.'],
      ['ring', !above.has(feeder), 'It hangs on itself: feeders must form a tree.'],
    ]),
    ...checkSeries(`${path}.limit_kw`, limit_kw, problem, notNegative),
    ...(tariff ? checkTariff(`${path}.tariff`, tariff, problem) : []),
  ];
};

const checkTariff = (path: string, tariff: Tariff, problem: EnergyProblem): readonly Fault[] => {
  const { import_price_per_kwh: buy, export_price_per_kwh: sell, peaks = [], ramp, spread_kw = [] } = tariff;
  const slots = Array.from({ length: problem.grid.count }, (_, slot) => slot);
  return [
    ...checkSeries(`${path}.import_price_per_kwh`, buy, problem, finite),
    ...checkSeries(`${path}.export_price_per_kwh`, sell, problem, finite),
    ...checkSeries(`${path}.carbon_kg_per_kwh`, tariff.carbon_kg_per_kwh, problem, notNegative),
    // Where selling pays more than buying costs, a meter could earn by running in circles, and the linear model would.
    ...slots.flatMap((slot) =>
      judge(`${path}.export_price_per_kwh[${slot}]`, valueAt(sell, slot), [
        [
          'below_import_price',
          !(valueAt(sell, slot) > valueAt(buy, slot)),
          'It must not be above the import price of the slot.',
        ],
      ]),
    ),
    ...peaks.flatMap(({ from_slot, until_slot, price_per_kw, so_far_kw }, at) => [
      ...judge(`${path}.peaks[${at}].until_slot`, until_slot, [
        ['window', from_slot < until_slot, 'It must be after from_slot.'],
      ]),
      ...judge(`${path}.peaks[${at}].price_per_kw`, price_per_kw, [notNegative(price_per_kw)]),
      ...judge(`${path}.peaks[${at}].so_far_kw`, so_far_kw, [notNegative(so_far_kw)]),
    ]),
    ...spread_kw.flatMap((kw, at) => judge(`${path}.spread_kw[${at}]`, kw, [finite(kw)])),
    ...(ramp
      ? [
          ...judge(`${path}.ramp.price_per_kw`, ramp.price_per_kw, [notNegative(ramp.price_per_kw)]),
          ...judge(`${path}.ramp.before_kw`, ramp.before_kw, [finite(ramp.before_kw)]),
        ]
      : []),
  ];
};

const checkSite = (path: string, site: SiteProblem, problem: EnergyProblem): readonly Fault[] => {
  const parts = [
    ...site.loads.map(({ load }) => load),
    ...site.supplies.map(({ supply }) => supply),
    ...site.stores.map(({ store }) => store),
    ...site.units.map(({ unit }) => unit),
    ...site.tasks.map(({ task }) => task),
  ];
  return [
    ...checkNames(`${path} parts`, parts),
    ...site.connections.flatMap((one, at) => checkConnection(`${path}.connections[${at}]`, one, problem)),
    ...site.loads.flatMap((one, at) => checkLoad(`${path}.loads[${at}]`, one, problem)),
    ...site.supplies.flatMap(({ available_kw, cost_per_kwh = 0 }, at) => [
      ...checkSeries(`${path}.supplies[${at}].available_kw`, available_kw, problem, notNegative),
      ...judge(`${path}.supplies[${at}].cost_per_kwh`, cost_per_kwh, [finite(cost_per_kwh)]),
    ]),
    ...site.stores.flatMap((one, at) => checkStore(`${path}.stores[${at}]`, one, problem)),
    ...site.units.flatMap((one, at) => checkUnit(`${path}.units[${at}]`, one, problem)),
    ...site.tasks.flatMap((one, at) => checkTask(`${path}.tasks[${at}]`, one, problem)),
  ];
};

const checkConnection = (path: string, one: Connection, problem: EnergyProblem): readonly Fault[] => [
  ...judge(`${path}.feeder`, one.feeder, [
    ['unknown_feeder', problem.feeders.some(({ feeder }) => feeder === one.feeder), 'There is no such feeder.'],
  ]),
  ...checkSeries(`${path}.import_limit_kw`, one.import_limit_kw, problem, notNegative),
  ...checkSeries(`${path}.export_limit_kw`, one.export_limit_kw, problem, notNegative),
  ...checkSeries(`${path}.available`, one.available ?? 1, problem, ratio),
  ...checkTariff(`${path}.tariff`, one.tariff, problem),
];

const checkLoad = (
  path: string,
  { tier, power_kw, shed_cost_per_kwh }: Load,
  problem: EnergyProblem,
): readonly Fault[] => [
  ...checkSeries(`${path}.power_kw`, power_kw, problem, notNegative),
  ...(shed_cost_per_kwh === undefined
    ? []
    : judge(`${path}.shed_cost_per_kwh`, shed_cost_per_kwh, [
        notNegative(shed_cost_per_kwh),
        ['never_shed', tier === 'normal', `A ${tier} load is never shed: leave the price out.`],
      ])),
];

const checkStore = (path: string, store: Store, problem: EnergyProblem): readonly Fault[] => {
  const { soc_min_ratio: low, soc_max_ratio: high } = store;
  const slots = Array.from({ length: problem.grid.count }, (_, slot) => slot);
  const judgeAll = (
    names: readonly (keyof Store)[],
    ...rules: readonly ((value: number) => Rule)[]
  ): readonly Fault[] =>
    names.flatMap((name) => {
      const value = store[name];
      return typeof value === 'number'
        ? judge(
            `${path}.${name}`,
            value,
            rules.map((rule) => rule(value)),
          )
        : [];
    });
  return [
    ...judgeAll(['capacity_kwh'], positive),
    ...judgeAll(['charge_kw', 'discharge_kw', 'wear_cost_per_kwh', 'holding_cost_per_kwh_hour'], notNegative),
    ...judgeAll(['charge_efficiency', 'discharge_efficiency'], positive, ratio),
    ...judgeAll(['soc_ratio', 'loss_ratio_per_hour'], ratio),
    ...judgeAll(['end_value_per_kwh'], finite),
    ...checkPowerBySoc(`${path}.charge_kw`, store.charge_kw),
    ...checkPowerBySoc(`${path}.discharge_kw`, store.discharge_kw),
    ...checkSeries(`${path}.soc_min_ratio`, low, problem, ratio),
    ...checkSeries(`${path}.soc_max_ratio`, high, problem, ratio),
    ...(slots.some((slot) => valueAt(high, slot) < valueAt(low, slot))
      ? judge(`${path}.soc_max_ratio`, high, [['band', false, 'It must not be below soc_min_ratio.']])
      : []),
    ...(store.targets ?? []).flatMap(({ slot, soc_ratio }, at) => [
      ...judge(`${path}.targets[${at}].slot`, slot, [['slot', slots.includes(slot), 'There is no such slot.']]),
      ...judge(`${path}.targets[${at}].soc_ratio`, soc_ratio, [ratio(soc_ratio)]),
    ]),
  ];
};

const checkPowerBySoc = (path: string, limit: number | PowerBySoc): readonly Fault[] => {
  if (typeof limit === 'number') return [];
  const slopes = slopesOf(limit);
  return judge(path, limit, [
    [
      'points',
      limit.length >= 2 && limit.every(([soc, kw]) => soc >= 0 && soc <= 1 && kw >= 0),
      'It needs two points or more, from ratio 0 to 1, of 0 kW or more.',
    ],
    ['ascending', slopes.every((slope) => Number.isFinite(slope)) && isAscending(limit), 'States must ascend.'],
    [
      'concave',
      slopes.every((slope, at) => at === 0 || slope <= (slopes[at - 1] ?? 0) + 1e-9),
      'The line must be concave: each piece no steeper than the one before.',
    ],
  ]);
};

const slopesOf = (points: readonly (readonly [number, number])[]): readonly number[] =>
  points.slice(1).map(([x, y], at) => (y - (points[at]?.[1] ?? 0)) / (x - (points[at]?.[0] ?? 0)));

const isAscending = (points: readonly (readonly [number, number])[]): boolean =>
  points.every(([x], at) => at === 0 || x > (points[at - 1]?.[0] ?? 0));

const checkUnit = (path: string, unit: Unit, problem: EnergyProblem): readonly Fault[] => [
  ...checkSeries(`${path}.capacity_kw`, unit.capacity_kw, problem, notNegative),
  ...judge(`${path}.cost_per_kwh`, unit.cost_per_kwh, [finite(unit.cost_per_kwh)]),
  ...judge(`${path}.outputs`, unit.outputs, [['output', unit.outputs.length > 0, 'A unit has an output.']]),
  ...[...unit.outputs, ...unit.inputs].flatMap(({ bus, per_kw }) =>
    judge(`${path}.${bus}`, per_kw, [positive(per_kw)]),
  ),
  ...(unit.fuel
    ? [
        ...checkCurve(`${path}.fuel.curve`, unit.fuel.curve),
        ...judge(`${path}.fuel.price`, unit.fuel.price, [notNegative(unit.fuel.price)]),
        ...judge(`${path}.fuel.carbon_kg`, unit.fuel.carbon_kg, [notNegative(unit.fuel.carbon_kg)]),
        ...judge(`${path}.fuel.on_hand`, unit.fuel.on_hand, [notNegative(unit.fuel.on_hand ?? 0)]),
      ]
    : []),
  ...(unit.commitment ? checkCommitment(`${path}.commitment`, unit.commitment, unit, problem) : []),
];

const checkCurve = (path: string, curve: FuelCurve): readonly Fault[] => {
  const slopes = slopesOf(curve);
  return judge(path, curve, [
    [
      'points',
      curve.length >= 2 && curve.flat().every((value) => Number.isFinite(value) && value >= 0),
      'It needs two points or more, none below zero.',
    ],
    ['ascending', isAscending(curve), 'Levels must ascend.'],
    [
      'convex',
      slopes.every((slope, at) => at === 0 || slope >= (slopes[at - 1] ?? 0) - 1e-9),
      'The curve must be convex: each piece at least as steep as the one before.',
    ],
  ]);
};

const checkCommitment = (
  path: string,
  one: Commitment,
  { capacity_kw }: Unit,
  { grid }: EnergyProblem,
): readonly Fault[] => {
  const most = Math.max(...Array.from({ length: grid.count }, (_, slot) => valueAt(capacity_kw, slot)));
  const counts = (['min_up_slots', 'min_down_slots', 'slots_so'] as const).flatMap((name) =>
    judge(`${path}.${name}`, one[name], [
      ['count', Number.isInteger(one[name]) && one[name] >= 0, 'It must be a whole number of slots.'],
    ]),
  );
  return [
    ...judge(`${path}.min_kw`, one.min_kw, [
      notNegative(one.min_kw),
      ['below_capacity', !(one.min_kw > most), 'It must not be above the capacity.'],
    ]),
    ...judge(`${path}.start_cost`, one.start_cost, [notNegative(one.start_cost)]),
    ...judge(`${path}.stop_cost`, one.stop_cost, [notNegative(one.stop_cost)]),
    ...counts,
  ];
};

const checkTask = (path: string, task: Task, { grid }: EnergyProblem): readonly Fault[] => [
  ...judge(`${path}.energy_kwh`, task.energy_kwh, [notNegative(task.energy_kwh)]),
  ...judge(`${path}.power_kw`, task.power_kw, [positive(task.power_kw)]),
  ...judge(`${path}.until_slot`, task.until_slot, [
    [
      'window',
      task.until_slot > Math.max(0, task.from_slot) && task.from_slot < grid.count,
      'Its window must hold a slot of the grid.',
    ],
  ]),
];
