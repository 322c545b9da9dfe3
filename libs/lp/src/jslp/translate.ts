import type { ModelArrays } from '../arrays.js';

/** The part of javascript-lp-solver's model format that is used here. Its variables are never negative. */
export interface JslpModel {
  readonly optimize: 'cost';
  readonly opType: 'min';
  readonly constraints: Record<string, { min?: number; max?: number; equal?: number }>;
  readonly variables: Record<string, Record<string, number>>;
  readonly ints: Record<string, 1>;
  readonly options: { readonly presolve: false; readonly exitOnCycles: false };
}

export interface Translation {
  readonly model: JslpModel;
  /** `x[j] = offset[j] + up[j] - down[j]`, where `up` and `down` are the values of variables `u<j>` and `d<j>`, 0 when absent. */
  readonly offset: Float64Array;
}

/** Slack of a bound that arithmetic may use up. */
const ROUNDING = 1e-9;

/**
 * Writes a model for a solver that knows only variables >= 0: finite lower bounds are shifted away, upper bounds alone are mirrored,
 * free variables split, fixed ones taken out. `undefined` when a bound or an empty row already cannot hold.
 * Its presolve fixes variables wrongly and its cycle check calls feasible models infeasible (seen in 1.0.3), so both are off.
 */
export const translate = (arrays: ModelArrays): Translation | undefined => {
  const columns = translateColumns(arrays);
  return columns && translateRows(arrays, columns);
};

interface Columns extends Translation {
  /** Not fixed. */
  readonly live: Uint8Array;
}

const translateColumns = (arrays: ModelArrays): Columns | undefined => {
  const size = arrays.cost.length;
  const columns: Columns = {
    model: {
      optimize: 'cost',
      opType: 'min',
      constraints: {},
      variables: {},
      ints: {},
      options: { presolve: false, exitOnCycles: false },
    },
    offset: new Float64Array(size),
    live: new Uint8Array(size),
  };
  const { model, offset, live } = columns;
  for (let j = 0; j < size; j += 1) {
    const integer = arrays.integer[j] === 1;
    const cost = arrays.cost[j] ?? 0;
    const lower = integer ? Math.ceil((arrays.lower[j] ?? 0) - ROUNDING) : (arrays.lower[j] ?? 0);
    const upper = integer ? Math.floor((arrays.upper[j] ?? 0) + ROUNDING) : (arrays.upper[j] ?? 0);
    if (lower > upper) return undefined;
    offset[j] = Number.isFinite(lower) ? lower : Number.isFinite(upper) ? upper : 0;
    if (lower === upper) continue;
    live[j] = 1;
    if (Number.isFinite(lower) || upper === Infinity) {
      model.variables[`u${j}`] = { cost };
      if (integer) model.ints[`u${j}`] = 1;
    }
    if (!Number.isFinite(lower)) {
      model.variables[`d${j}`] = { cost: -cost };
      if (integer) model.ints[`d${j}`] = 1;
    }
    if (Number.isFinite(lower) && Number.isFinite(upper)) {
      model.constraints[`bound${j}`] = { max: upper - lower };
      setCoefficient(model, j, `bound${j}`, 1);
    }
  }
  return columns;
};

const setCoefficient = ({ variables }: JslpModel, column: number, row: string, coefficient: number): void => {
  const up = variables[`u${column}`];
  const down = variables[`d${column}`];
  if (up) up[row] = coefficient;
  if (down) down[row] = -coefficient;
};

const translateRows = (arrays: ModelArrays, { model, offset, live }: Columns): Translation | undefined => {
  for (let i = 0; i < arrays.rowLower.length; i += 1) {
    let shift = 0;
    let empty = true;
    for (let at = arrays.starts[i] ?? 0; at < (arrays.starts[i + 1] ?? 0); at += 1) {
      const column = arrays.indices[at] ?? 0;
      const coefficient = arrays.values[at] ?? 0;
      shift += coefficient * (offset[column] ?? 0);
      if (live[column] === 0 || coefficient === 0) continue;
      empty = false;
      setCoefficient(model, column, `row${i}`, coefficient);
    }
    const min = (arrays.rowLower[i] ?? 0) - shift;
    const max = (arrays.rowUpper[i] ?? 0) - shift;
    if (empty) {
      const slack = ROUNDING * Math.max(1, Math.abs(shift));
      if (min > slack || max < -slack) return undefined;
    } else if (min === max) {
      model.constraints[`row${i}`] = { equal: min };
    } else if (Number.isFinite(min) || Number.isFinite(max)) {
      model.constraints[`row${i}`] = {
        ...(Number.isFinite(min) ? { min } : {}),
        ...(Number.isFinite(max) ? { max } : {}),
      };
    }
  }
  return { model, offset };
};
