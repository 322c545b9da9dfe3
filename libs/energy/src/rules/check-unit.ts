import type { Fault } from '#libs/kernel';
import { type Commitment, type EnergyProblem, type FuelCurve, type Unit, valueAt } from '../problem.js';
import { checkSeries, finite, isAscending, judge, notNegative, positive, slopesOf } from './rules.js';

export const checkUnit = (path: string, unit: Unit, problem: EnergyProblem): readonly Fault[] => [
  ...checkSeries(`${path}.capacity_kw`, unit.capacity_kw, problem, notNegative),
  ...judge(`${path}.cost_per_kwh`, unit.cost_per_kwh, [finite(unit.cost_per_kwh)]),
  ...judge(`${path}.outputs`, unit.outputs, [['output', unit.outputs.length > 0, 'A unit has an output.']]),
  ...[...unit.outputs, ...unit.inputs].flatMap(({ bus, per_kw }) =>
    judge(`${path}.${bus}`, per_kw, [positive(per_kw)]),
  ),
  ...(unit.fuel
    ? [
        ...checkCurve(`${path}.fuel.curve`, unit.fuel.curve),
        ...judge(`${path}.fuel.curve`, unit.fuel.curve, [
          [
            'burns_nothing_at_rest',
            unit.commitment !== undefined || idleOf(unit.fuel.curve) <= 1e-9,
            'A unit without commitment is never off, and would burn at 0 kW: give it one, or a line through the origin.',
          ],
        ]),
        ...judge(`${path}.fuel.price`, unit.fuel.price, [notNegative(unit.fuel.price)]),
        ...judge(`${path}.fuel.carbon_kg`, unit.fuel.carbon_kg, [notNegative(unit.fuel.carbon_kg)]),
        ...judge(`${path}.fuel.on_hand`, unit.fuel.on_hand, [notNegative(unit.fuel.on_hand ?? 0)]),
      ]
    : []),
  ...(unit.commitment ? checkCommitment(`${path}.commitment`, unit.commitment, unit, problem) : []),
];

/** What the first piece burns at 0 kW. */
const idleOf = (curve: FuelCurve): number => {
  const [[kw, burnt] = [0, 0]] = curve;
  return burnt - (slopesOf(curve)[0] ?? 0) * kw;
};

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
