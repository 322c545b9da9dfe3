import { type AnyModel, toSparse } from './sparse.js';

/**
 * A proven lower bound of the model's objective from any duals of its rows, however far from optimal: by weak duality each row counts with its side that the
 * dual's sign asks for (a dual without a side counts as 0), and what is left of each column's cost with the bound that makes it smallest.
 * `ceilings`, one a column, are upper limits that an optimal solution is known to keep beside the model's own; a negative rest on a column without
 * any gives -Infinity. Rounding is covered by giving a billionth of all that was summed away.
 */
export const dualBound = (model: AnyModel, duals: ArrayLike<number>, ceilings?: ArrayLike<number>): number => {
  const { arrays } = toSparse(model);
  const rest = arrays.cost.slice();
  let [bound, size] = [arrays.constant, Math.abs(arrays.constant)];
  const add = (value: number): void => {
    bound += value;
    size += Math.abs(value);
  };
  for (let row = 0; row < arrays.rowLower.length; row += 1) {
    const dual = duals[row] ?? 0;
    const side = dual > 0 ? arrays.rowLower[row] : arrays.rowUpper[row];
    if (dual === 0 || side === undefined || !Number.isFinite(side) || !Number.isFinite(dual)) continue;
    add(dual * side);
    for (let at = arrays.starts[row] ?? 0; at < (arrays.starts[row + 1] ?? 0); at += 1) {
      const column = arrays.indices[at] ?? 0;
      rest[column] = (rest[column] ?? 0) - dual * (arrays.values[at] ?? 0);
    }
  }
  for (const [column, left] of rest.entries()) {
    if (left === 0) continue;
    const upper = Math.min(arrays.upper[column] ?? Infinity, ceilings?.[column] ?? Infinity);
    add(left * (left > 0 ? (arrays.lower[column] ?? 0) : upper));
  }
  return bound - 1e-9 * size;
};
