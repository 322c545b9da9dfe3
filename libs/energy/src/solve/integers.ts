import { type SparseModel, withArrays } from '#libs/lp';

export const hasIntegers = ({ arrays }: SparseModel): boolean => arrays.integer.includes(1);

/** The same without asking for whole numbers. */
export const withoutIntegers = (model: SparseModel): SparseModel => {
  const { arrays } = model;
  return withArrays(model, { ...arrays, integer: new Int32Array(arrays.integer.length) });
};

/** Integers stay at the whole number next to their value; what is left is linear. */
export const withIntegersFixed = (model: SparseModel, values: Float64Array): SparseModel => {
  const { arrays } = withoutIntegers(model);
  const fix = (bounds: Float64Array): Float64Array =>
    bounds.map((bound, column) => (model.arrays.integer[column] === 1 ? Math.round(values[column] ?? 0) : bound));
  return withArrays(model, { ...arrays, lower: fix(arrays.lower), upper: fix(arrays.upper) });
};
