import type { LinearModel } from './model.js';

/** A linear model as numbers only, rows compressed: what goes to a worker. Row `i` has entries `starts[i]` to `starts[i + 1]`. */
export interface ModelArrays {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly integer: Int32Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  readonly constant: number;
}

export const toArrays = (model: LinearModel): ModelArrays => {
  const { variables, constraints } = model;
  const starts = new Int32Array(constraints.length + 1);
  constraints.forEach(({ terms }, row) => (starts[row + 1] = (starts[row] ?? 0) + terms.length));
  const size = starts[constraints.length] ?? 0;
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  let at = 0;
  for (const { terms } of constraints) {
    for (const [variable, coefficient] of terms) {
      indices[at] = variable;
      values[at] = coefficient;
      at += 1;
    }
  }
  return {
    cost: Float64Array.from(variables, ({ cost }) => cost),
    lower: Float64Array.from(variables, ({ lower }) => lower),
    upper: Float64Array.from(variables, ({ upper }) => upper),
    integer: Int32Array.from(variables, ({ integer }) => Number(integer)),
    rowLower: Float64Array.from(constraints, ({ lower }) => lower),
    rowUpper: Float64Array.from(constraints, ({ upper }) => upper),
    starts,
    indices,
    values,
    constant: model.constant,
  };
};
