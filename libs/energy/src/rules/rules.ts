import { type Fault, showValue } from '#libs/kernel';
import type { EnergyProblem, Series } from '../problem.js';

export type Rule = readonly [rule: string, holds: boolean, message: string];

export const finite = (value: number): Rule => ['finite', Number.isFinite(value), 'It must be a finite number.'];
export const notNegative = (value: number): Rule => [
  'not_negative',
  Number.isFinite(value) && value >= 0,
  'It must be zero or more.',
];
export const positive = (value: number): Rule => [
  'positive',
  Number.isFinite(value) && value > 0,
  'It must be above zero.',
];
export const whole = (value: number): Rule => ['whole', Number.isInteger(value), 'It must be a whole number of slots.'];
export const deadOrAlive = (value: number): Rule => [
  'dead_or_alive',
  value === 0 || value === 1,
  'It must be 0, dead, or 1, alive. Perhaps a lower limit is meant.',
];
export const ratio = (value: number): Rule => ['ratio', value >= 0 && value <= 1, 'It must lie between 0 and 1.'];

export const judge = (path: string, value: unknown, rules: readonly Rule[]): Fault[] =>
  rules
    .filter(([, holds]) => !holds)
    .map(([rule, , message]) => ({ file: 'problem', path, value: showNumber(value), rule, message }));

/** JSON has no NaN and no Infinity. */
const showNumber = (value: unknown): string => (typeof value === 'number' ? String(value) : showValue(value));

export const checkSeries = (
  path: string,
  series: Series,
  { grid }: EnergyProblem,
  rule: (value: number) => Rule,
): readonly Fault[] => {
  if (typeof series === 'number') return judge(path, series, [rule(series)]);
  if (series.length === grid.count && series.every((value) => rule(value)[1])) return [];
  return [
    ...judge(`${path}.length`, series.length, [
      ['length', series.length === grid.count, `It must have one value a slot, ${grid.count}.`],
    ]),
    ...series.flatMap((value, slot) => judge(`${path}[${slot}]`, value, [rule(value)])),
  ];
};

export const slopesOf = (points: readonly (readonly [number, number])[]): readonly number[] =>
  points.slice(1).map(([x, y], at) => (y - (points[at]?.[1] ?? 0)) / (x - (points[at]?.[0] ?? 0)));

export const isAscending = (points: readonly (readonly [number, number])[]): boolean =>
  points.every(([x], at) => at === 0 || x > (points[at - 1]?.[0] ?? 0));
