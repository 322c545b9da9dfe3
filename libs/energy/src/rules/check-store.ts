import type { Fault } from '#libs/kernel';
import { type EnergyProblem, type PowerBySoc, type Store, valueAt } from '../problem.js';
import { checkSeries, finite, isAscending, judge, notNegative, positive, ratio, type Rule, slopesOf } from './rules.js';

export const checkStore = (path: string, store: Store, problem: EnergyProblem): readonly Fault[] => {
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
      limit.length >= 2 && limit[0]?.[0] === 0 && limit.at(-1)?.[0] === 1 && limit.every(([, kw]) => kw >= 0),
      'It needs two points or more, the first at ratio 0, the last at 1, of 0 kW or more.',
    ],
    ['ascending', slopes.every((slope) => Number.isFinite(slope)) && isAscending(limit), 'States must ascend.'],
    [
      'concave',
      slopes.every((slope, at) => at === 0 || slope <= (slopes[at - 1] ?? 0) + 1e-9),
      'The line must be concave: each piece no steeper than the one before.',
    ],
  ]);
};
