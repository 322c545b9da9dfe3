import type { Fault } from '#libs/kernel';
import {
  type Connection,
  type EnergyProblem,
  type Feeder,
  type SiteProblem,
  type Tariff,
  type Task,
  valueAt,
} from './problem.js';
import { checkLoad } from './rules/check-load.js';
import { checkStore } from './rules/check-store.js';
import { checkInterlock, checkSwitch } from './rules/check-switch.js';
import { checkUnit } from './rules/check-unit.js';
import { checkSeries, deadOrAlive, finite, judge, notNegative, positive, whole } from './rules/rules.js';

/** Everything that makes a problem unusable: series of the wrong length, numbers that are not finite, limits and efficiencies out of range, names that are unknown or taken, feeders in a ring. */
export const checkEnergyProblem = (problem: EnergyProblem): readonly Fault[] => [
  ...judge('grid.slotMs', problem.grid.slotMs, [positive(problem.grid.slotMs)]),
  ...judge('grid.count', problem.grid.count, [positive(problem.grid.count), whole(problem.grid.count)]),
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

const checkNames = (path: string, names: readonly string[]): readonly Fault[] =>
  names.flatMap((name, at) =>
    judge(`${path}[${at}]`, name, [['unique', names.indexOf(name) === at, 'The name is taken by an earlier one.']]),
  );

const checkFeeder = (
  path: string,
  { feeder, parent, limit_kw, limit_kva = 0, transformer, tariff }: Feeder,
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
    ...checkSeries(`${path}.limit_kva`, limit_kva, problem, notNegative),
    ...(transformer
      ? [
          ...judge(`${path}.transformer.rated_kva`, transformer.rated_kva, [positive(transformer.rated_kva)]),
          ...judge(`${path}.transformer.price`, transformer.price, [notNegative(transformer.price)]),
          ...judge(`${path}.transformer.load_before`, transformer.load_before, [
            notNegative(transformer.load_before ?? 0),
          ]),
          ...checkSeries(`${path}.transformer.ambient_c`, transformer.ambient_c, problem, finite),
        ]
      : []),
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
    ...slots
      .filter((slot) => valueAt(sell, slot) > valueAt(buy, slot))
      .flatMap((slot) =>
        judge(`${path}.export_price_per_kwh[${slot}]`, valueAt(sell, slot), [
          ['below_import_price', false, 'It must not be above the import price of the slot.'],
        ]),
      ),
    ...peaks.flatMap(({ from_slot, until_slot, price_per_kw, so_far_kw }, at) => [
      ...judge(`${path}.peaks[${at}].from_slot`, from_slot, [whole(from_slot)]),
      ...judge(`${path}.peaks[${at}].until_slot`, until_slot, [
        whole(until_slot),
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
    ...(site.switches ?? []).map((one) => one.switch),
  ];
  return [
    ...checkNames(`${path} parts`, parts),
    ...(site.secured_slots ?? []).flatMap((slot, at) =>
      judge(`${path}.secured_slots[${at}]`, slot, [
        ['slot', Number.isInteger(slot) && slot >= 0 && slot < problem.grid.count, 'There is no such slot.'],
      ]),
    ),
    ...site.connections.flatMap((one, at) => checkConnection(`${path}.connections[${at}]`, one, problem)),
    ...site.loads.flatMap((one, at) => checkLoad(`${path}.loads[${at}]`, one, problem)),
    ...site.supplies.flatMap(({ available_kw, cost_per_kwh = 0 }, at) => [
      ...checkSeries(`${path}.supplies[${at}].available_kw`, available_kw, problem, notNegative),
      ...judge(`${path}.supplies[${at}].cost_per_kwh`, cost_per_kwh, [finite(cost_per_kwh)]),
    ]),
    ...site.stores.flatMap((one, at) => checkStore(`${path}.stores[${at}]`, one, problem)),
    ...site.units.flatMap((one, at) => checkUnit(`${path}.units[${at}]`, one, problem)),
    ...site.tasks.flatMap((one, at) => checkTask(`${path}.tasks[${at}]`, one, problem)),
    ...(site.switches ?? []).flatMap((one, at) => checkSwitch(`${path}.switches[${at}]`, one, site)),
    ...(site.interlocks ?? []).flatMap((one, at) => checkInterlock(`${path}.interlocks[${at}]`, one, site)),
  ];
};

const checkConnection = (path: string, one: Connection, problem: EnergyProblem): readonly Fault[] => [
  ...judge(`${path}.feeder`, one.feeder, [
    ['unknown_feeder', problem.feeders.some(({ feeder }) => feeder === one.feeder), 'There is no such feeder.'],
  ]),
  ...checkSeries(`${path}.import_limit_kw`, one.import_limit_kw, problem, notNegative),
  ...checkSeries(`${path}.export_limit_kw`, one.export_limit_kw, problem, notNegative),
  ...checkSeries(`${path}.available`, one.available ?? 1, problem, deadOrAlive),
  ...checkTariff(`${path}.tariff`, one.tariff, problem),
];

const checkTask = (path: string, task: Task, { grid }: EnergyProblem): readonly Fault[] => [
  ...judge(`${path}.energy_kwh`, task.energy_kwh, [notNegative(task.energy_kwh)]),
  ...judge(`${path}.power_kw`, task.power_kw, [positive(task.power_kw)]),
  ...judge(`${path}.from_slot`, task.from_slot, [whole(task.from_slot)]),
  ...judge(`${path}.until_slot`, task.until_slot, [
    whole(task.until_slot),
    [
      'window',
      task.until_slot > Math.max(0, task.from_slot) && task.from_slot < grid.count,
      'Its window must hold a slot of the grid.',
    ],
  ]),
];
