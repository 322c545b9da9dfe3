import { type Fault, showValue } from '#libs/kernel';
import type { BatteryState, EnergyProblem, SiteProblem } from './problem.js';

type Rule = readonly [rule: string, holds: boolean, message: string];

/** Everything that makes a problem unusable: series of the wrong length, numbers that are not finite, limits and efficiencies out of range, unknown feeders. */
export const checkEnergyProblem = (problem: EnergyProblem): readonly Fault[] => [
  ...judge('grid.slotMs', problem.grid.slotMs, [positive(problem.grid.slotMs)]),
  ...judge('grid.count', problem.grid.count, [
    positive(problem.grid.count),
    ['integer', Number.isInteger(problem.grid.count), 'The number of slots must be whole.'],
  ]),
  ...checkSeries('import_price_per_kwh', problem.import_price_per_kwh, problem, finite),
  ...checkSeries('export_price_per_kwh', problem.export_price_per_kwh, problem, finite),
  ...checkSeries('carbon_kg_per_kwh', problem.carbon_kg_per_kwh, problem, notNegative),
  ...judge('carbon_price_per_kg', problem.carbon_price_per_kg, [notNegative(problem.carbon_price_per_kg)]),
  ...checkPrices(problem),
  ...problem.feeders.flatMap(({ limit_kw }, at) => judge(`feeders[${at}].limit_kw`, limit_kw, [notNegative(limit_kw)])),
  ...checkNames(
    'feeders',
    problem.feeders.map(({ feeder }) => feeder),
  ),
  ...checkNames(
    'sites',
    problem.sites.map(({ site }) => site),
  ),
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
  series: readonly number[],
  { grid }: EnergyProblem,
  rule: (value: number) => Rule,
): Fault[] => [
  ...judge(`${path}.length`, series.length, [
    ['length', series.length === grid.count, `It must have one value a slot, ${grid.count}.`],
  ]),
  ...series.flatMap((value, slot) => judge(`${path}[${slot}]`, value, [rule(value)])),
];

/** Where selling pays more than buying costs, a meter could earn by running in circles, and the linear model would. */
const checkPrices = ({ import_price_per_kwh: buy, export_price_per_kwh: sell }: EnergyProblem): Fault[] =>
  sell.flatMap((price, slot) =>
    judge(`export_price_per_kwh[${slot}]`, price, [
      ['below_import_price', !(price > (buy[slot] ?? NaN)), 'It must not be above the import price of the slot.'],
    ]),
  );

const checkNames = (path: string, names: readonly string[]): Fault[] =>
  names.flatMap((name, at) =>
    judge(`${path}[${at}]`, name, [['unique', names.indexOf(name) === at, 'The name is taken by an earlier one.']]),
  );

const checkSite = (path: string, site: SiteProblem, problem: EnergyProblem): Fault[] => [
  ...judge(`${path}.feeder`, site.feeder, [
    ['unknown_feeder', problem.feeders.some(({ feeder }) => feeder === site.feeder), 'There is no such feeder.'],
  ]),
  ...judge(`${path}.import_limit_kw`, site.import_limit_kw, [notNegative(site.import_limit_kw)]),
  ...judge(`${path}.export_limit_kw`, site.export_limit_kw, [notNegative(site.export_limit_kw)]),
  ...checkSeries(`${path}.load_kw`, site.load_kw, problem, notNegative),
  ...checkSeries(`${path}.pv_kw`, site.pv_kw, problem, notNegative),
  ...(site.battery ? checkBattery(`${path}.battery`, site.battery) : []),
];

const checkBattery = (path: string, battery: BatteryState): Fault[] => [
  ...judge(`${path}.capacity_kwh`, battery.capacity_kwh, [positive(battery.capacity_kwh)]),
  ...judge(`${path}.power_kw`, battery.power_kw, [notNegative(battery.power_kw)]),
  ...judge(`${path}.charge_efficiency`, battery.charge_efficiency, [
    positive(battery.charge_efficiency),
    ratio(battery.charge_efficiency),
  ]),
  ...judge(`${path}.discharge_efficiency`, battery.discharge_efficiency, [
    positive(battery.discharge_efficiency),
    ratio(battery.discharge_efficiency),
  ]),
  ...judge(`${path}.wear_cost_per_kwh`, battery.wear_cost_per_kwh, [notNegative(battery.wear_cost_per_kwh)]),
  ...judge(`${path}.soc_ratio`, battery.soc_ratio, [ratio(battery.soc_ratio)]),
  ...judge(`${path}.soc_min_ratio`, battery.soc_min_ratio, [ratio(battery.soc_min_ratio)]),
  ...judge(`${path}.soc_max_ratio`, battery.soc_max_ratio, [
    ratio(battery.soc_max_ratio),
    ['band', !(battery.soc_max_ratio < battery.soc_min_ratio), 'It must not be below soc_min_ratio.'],
  ]),
];
