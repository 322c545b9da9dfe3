import { type AnyModel, toSparse } from './sparse.js';

/** A bound, a constraint or integrality that values do not keep, and by how much. */
export interface SolutionViolation {
  /** The variable or constraint. */
  readonly name: string;
  readonly rule: 'lower' | 'upper' | 'integer';
  readonly by: number;
}

/** What `values` (one a variable) break of the model, by more than `tolerance` relative to max(1, |limit|). Solves nothing: independent of every solver. */
export const checkSolution = (
  model: AnyModel,
  values: ArrayLike<number>,
  tolerance = 1e-6,
): readonly SolutionViolation[] => {
  const sparse = toSparse(model);
  const { lower, upper, integer, rowLower, rowUpper, starts, indices, values: coefficients } = sparse.arrays;
  const found: SolutionViolation[] = [];
  const report = (names: 'columnNames' | 'rowNames', at: number, rule: SolutionViolation['rule'], by: number): void => {
    found.push({ name: sparse[names][at] ?? '', rule, by });
  };
  const judge = (names: 'columnNames' | 'rowNames', at: number, value: number, low: number, high: number): void => {
    // Nearly all lie between their limits.
    if (value >= low && value <= high) return;
    if (Number.isNaN(value)) report(names, at, 'lower', NaN);
    if (low - value > tolerance * Math.max(1, Math.abs(low))) report(names, at, 'lower', low - value);
    if (value - high > tolerance * Math.max(1, Math.abs(high))) report(names, at, 'upper', value - high);
  };
  for (let j = 0; j < lower.length; j += 1) {
    const value = values[j] ?? NaN;
    judge('columnNames', j, value, lower[j] ?? NaN, upper[j] ?? NaN);
    if (integer[j] !== 1) continue;
    const offGrid = Math.abs(value - Math.round(value));
    if (offGrid > tolerance) report('columnNames', j, 'integer', offGrid);
  }
  for (let i = 0; i < rowLower.length; i += 1) {
    let activity = 0;
    for (let at = starts[i] ?? 0, last = starts[i + 1] ?? 0; at < last; at += 1) {
      activity += (coefficients[at] ?? 0) * (values[indices[at] ?? -1] ?? NaN);
    }
    judge('rowNames', i, activity, rowLower[i] ?? NaN, rowUpper[i] ?? NaN);
  }
  return found;
};

/** The objective that values give, the model's constant included. */
export const objectiveOf = (model: AnyModel, values: ArrayLike<number>): number => {
  const { cost, constant } = toSparse(model).arrays;
  let sum = constant;
  for (const [j, price] of cost.entries()) sum += price * (values[j] ?? NaN);
  return sum;
};
