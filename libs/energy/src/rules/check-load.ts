import type { Fault } from '#libs/kernel';
import type { EnergyProblem, Load, Ups } from '../problem.js';
import { checkSeries, judge, notNegative, positive, ratio } from './rules.js';

/** So long a transfer may take, min. */
const DIP_MIN = 1;

export const checkLoad = (
  path: string,
  { tier, power_kw, shed_cost_per_kwh, power_factor = 1, restrike_min = 1, ups }: Load,
  problem: EnergyProblem,
): readonly Fault[] => [
  ...checkSeries(`${path}.power_kw`, power_kw, problem, notNegative),
  ...judge(`${path}.power_factor`, power_factor, [positive(power_factor), ratio(power_factor)]),
  ...judge(`${path}.restrike_min`, restrike_min, [positive(restrike_min)]),
  ...(ups ? checkUps(`${path}.ups`, ups) : []),
  ...(shed_cost_per_kwh === undefined
    ? []
    : judge(`${path}.shed_cost_per_kwh`, shed_cost_per_kwh, [
        notNegative(shed_cost_per_kwh),
        ['never_shed', tier === 'normal', `A ${tier} load is never shed: leave the price out.`],
        ['switched_off', !ups, 'After a loss it is off, and needs no UPS: leave the price or the UPS out.'],
      ])),
];

const checkUps = (path: string, { power_kw, autonomy_min }: Ups): readonly Fault[] => [
  ...judge(`${path}.power_kw`, power_kw, [positive(power_kw)]),
  ...judge(`${path}.autonomy_min`, autonomy_min, [
    [
      'dip',
      autonomy_min >= DIP_MIN && autonomy_min < Infinity,
      `It must last for ${DIP_MIN} minute at least, until a switch has operated.`,
    ],
  ]),
];
