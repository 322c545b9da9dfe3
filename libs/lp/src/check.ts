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
  const { columnNames, rowNames, arrays } = toSparse(model);
  const found: SolutionViolation[] = [];
  const judge = (name: string | undefined, value: number, lower = -Infinity, upper = Infinity): void => {
    if (name === undefined) return;
    if (Number.isNaN(value)) found.push({ name, rule: 'lower', by: NaN });
    if (lower - value > tolerance * Math.max(1, Math.abs(lower)))
      found.push({ name, rule: 'lower', by: lower - value });
    if (value - upper > tolerance * Math.max(1, Math.abs(upper)))
      found.push({ name, rule: 'upper', by: value - upper });
  };
  for (const [j, name] of columnNames.entries()) {
    const value = values[j] ?? NaN;
    judge(name, value, arrays.lower[j], arrays.upper[j]);
    const offGrid = Math.abs(value - Math.round(value));
    if (arrays.integer[j] === 1 && offGrid > tolerance) found.push({ name, rule: 'integer', by: offGrid });
  }
  for (const [i, name] of rowNames.entries()) {
    let activity = 0;
    for (let at = arrays.starts[i] ?? 0; at < (arrays.starts[i + 1] ?? 0); at += 1) {
      activity += (arrays.values[at] ?? 0) * (values[arrays.indices[at] ?? -1] ?? NaN);
    }
    judge(name, activity, arrays.rowLower[i], arrays.rowUpper[i]);
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
