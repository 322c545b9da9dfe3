import { type SparseModel } from './sparse.js';

/** A part of a model that shares no column and no row with the others. */
export interface ModelBlock {
  readonly model: SparseModel;
  /** Its columns and rows in the whole model, in the whole model's order. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/** The parts into which a model falls when its coupling rows are left out, in the order of their first row. Columns and rows that meet nothing belong to no part. */
export const splitModel = (model: SparseModel, isCoupling: (row: number) => boolean): readonly ModelBlock[] => {
  const { arrays, rowNames, columnNames } = model;
  const { starts, indices } = arrays;
  const kept = rowNames.map((_, row) => (starts[row] ?? 0) < (starts[row + 1] ?? 0) && !isCoupling(row));
  const root = findRoots(arrays, kept, columnNames.length);
  const parts = new Map<number, { readonly columns: number[]; readonly rows: number[] }>();
  kept.forEach((keep, row) => {
    if (!keep) return;
    const of = root[indices[starts[row] ?? 0] ?? 0] ?? 0;
    const part = parts.get(of);
    if (part) part.rows.push(row);
    else parts.set(of, { columns: [], rows: [row] });
  });
  root.forEach((of, column) => parts.get(of)?.columns.push(column));
  const local = new Int32Array(columnNames.length);
  return [...parts.values()].map(({ columns, rows }) => cutOut(model, columns, rows, local));
};

/** For each column, one column that stands for all that it is linked with. */
const findRoots = ({ starts, indices }: SparseModel['arrays'], kept: readonly boolean[], width: number): Int32Array => {
  const parent = Int32Array.from({ length: width }, (_, column) => column);
  const parentOf = (column: number): number => parent[column] ?? column;
  const rootOf = (column: number): number => {
    let at = column;
    while (parentOf(at) !== at) {
      parent[at] = parentOf(parentOf(at));
      at = parentOf(at);
    }
    return at;
  };
  kept.forEach((keep, row) => {
    if (!keep) return;
    const first = rootOf(indices[starts[row] ?? 0] ?? 0);
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) parent[rootOf(indices[at] ?? 0)] = first;
  });
  return parent.map((_, column) => rootOf(column));
};

/** `local` is room for one number a column. */
const cutOut = (
  { name, columnNames, rowNames, arrays }: SparseModel,
  columns: readonly number[],
  rows: readonly number[],
  local: Int32Array,
): ModelBlock => {
  columns.forEach((column, at) => (local[column] = at));
  const starts = Int32Array.from([0, ...rows]);
  rows.forEach((row, at) => {
    starts[at + 1] = (starts[at] ?? 0) + (arrays.starts[row + 1] ?? 0) - (arrays.starts[row] ?? 0);
  });
  const indices = new Int32Array(starts[rows.length] ?? 0);
  const values = new Float64Array(indices.length);
  rows.forEach((row, at) => {
    const [from, to] = [arrays.starts[row] ?? 0, arrays.starts[row + 1] ?? 0];
    values.set(arrays.values.subarray(from, to), starts[at]);
    for (let entry = from; entry < to; entry += 1) {
      indices[(starts[at] ?? 0) + entry - from] = local[arrays.indices[entry] ?? 0] ?? 0;
    }
  });
  const some = (of: Float64Array, list: readonly number[]): Float64Array =>
    Float64Array.from(list, (index) => of[index] ?? 0);
  return {
    columns: Int32Array.from(columns),
    rows: Int32Array.from(rows),
    model: {
      name,
      columnNames: columns.map((column) => columnNames[column] ?? ''),
      rowNames: rows.map((row) => rowNames[row] ?? ''),
      arrays: {
        cost: some(arrays.cost, columns),
        lower: some(arrays.lower, columns),
        upper: some(arrays.upper, columns),
        integer: Int32Array.from(columns, (column) => arrays.integer[column] ?? 0),
        rowLower: some(arrays.rowLower, rows),
        rowUpper: some(arrays.rowUpper, rows),
        starts,
        indices,
        values,
        constant: 0,
      },
    },
  };
};
