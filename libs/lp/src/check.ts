import type { LinearModel } from './model.js';

/** A bound, a constraint or integrality that values do not keep, and by how much. */
export interface SolutionViolation {
  /** The variable or constraint. */
  readonly name: string;
  readonly rule: 'lower' | 'upper' | 'integer';
  readonly by: number;
}

const outside = (name: string, value: number, lower: number, upper: number, tolerance: number): SolutionViolation[] => {
  if (Number.isNaN(value)) return [{ name, rule: 'lower', by: NaN }];
  const found: SolutionViolation[] = [];
  if (lower - value > tolerance * Math.max(1, Math.abs(lower))) found.push({ name, rule: 'lower', by: lower - value });
  if (value - upper > tolerance * Math.max(1, Math.abs(upper))) found.push({ name, rule: 'upper', by: value - upper });
  return found;
};

/** What `values` (one a variable) break of the model, by more than `tolerance` relative to max(1, |limit|). Solves nothing: independent of every solver. */
export const checkSolution = (
  model: LinearModel,
  values: ArrayLike<number>,
  tolerance = 1e-6,
): readonly SolutionViolation[] => {
  const valueOf = (variable: number): number => values[variable] ?? NaN;
  const bounds = model.variables.flatMap(({ name, lower, upper, integer }, index) => {
    const value = valueOf(index);
    const offGrid = Math.abs(value - Math.round(value));
    return [
      ...outside(name, value, lower, upper, tolerance),
      ...(integer && offGrid > tolerance ? [{ name, rule: 'integer' as const, by: offGrid }] : []),
    ];
  });
  const rows = model.constraints.flatMap(({ name, lower, upper, terms }) => {
    const activity = terms.reduce((sum, [variable, coefficient]) => sum + coefficient * valueOf(variable), 0);
    return outside(name, activity, lower, upper, tolerance);
  });
  return [...bounds, ...rows];
};

/** The objective that values give, the model's constant included. */
export const objectiveOf = (model: LinearModel, values: ArrayLike<number>): number =>
  model.variables.reduce((sum, { cost }, index) => sum + cost * (values[index] ?? NaN), model.constant);
