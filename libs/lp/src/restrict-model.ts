import type { SparseModel } from './sparse.js';

/** A model in which only some columns are left free. */
export interface RestrictedModel {
  readonly model: SparseModel;
  /** The free columns in the whole model. */
  readonly columns: Int32Array;
}

/**
 * The model with every column but the free ones fixed at `values`; its objective is that of the whole. Rows in which nothing is free are left out:
 * `values` must keep them. `values` on the free columns is a solution of it where it is one of the whole.
 */
export const restrictModel = (
  { name, columnNames, rowNames, arrays }: SparseModel,
  values: Float64Array,
  isFree: (column: number) => boolean,
): RestrictedModel => {
  const local = new Int32Array(columnNames.length).fill(-1);
  const columns: number[] = [];
  let constant = arrays.constant;
  for (let column = 0; column < local.length; column += 1) {
    if (isFree(column)) local[column] = columns.push(column) - 1;
    else constant += (arrays.cost[column] ?? 0) * (values[column] ?? 0);
  }
  const rows: number[] = [];
  const fixed: number[] = [];
  const starts = [0];
  const indices: number[] = [];
  const coefficients: number[] = [];
  for (let row = 0; row < rowNames.length; row += 1) {
    let settled = 0;
    for (let at = arrays.starts[row] ?? 0; at < (arrays.starts[row + 1] ?? 0); at += 1) {
      const column = arrays.indices[at] ?? 0;
      const free = local[column] ?? -1;
      if (free >= 0) {
        indices.push(free);
        coefficients.push(arrays.values[at] ?? 0);
      } else settled += (arrays.values[at] ?? 0) * (values[column] ?? 0);
    }
    if (indices.length === starts.at(-1)) continue;
    rows.push(row);
    fixed.push(settled);
    starts.push(indices.length);
  }
  const some = (of: Float64Array): Float64Array => Float64Array.from(columns, (column) => of[column] ?? 0);
  const shifted = (of: Float64Array): Float64Array =>
    Float64Array.from(rows, (row, at) => (of[row] ?? 0) - (fixed[at] ?? 0));
  return {
    columns: Int32Array.from(columns),
    model: {
      name,
      columnNames: columns.map((column) => columnNames[column] ?? ''),
      rowNames: rows.map((row) => rowNames[row] ?? ''),
      arrays: {
        cost: some(arrays.cost),
        lower: some(arrays.lower),
        upper: some(arrays.upper),
        integer: Int32Array.from(columns, (column) => arrays.integer[column] ?? 0),
        rowLower: shifted(arrays.rowLower),
        rowUpper: shifted(arrays.rowUpper),
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(coefficients),
        constant,
      },
    },
  };
};
