import type { ConflictIndices } from './protocol.js';
import type { LinearModel } from './model.js';
import type { SparseModel } from './sparse.js';

/** A constraint, or one finite bound of a variable. */
interface Limit {
  readonly kind: keyof ConflictIndices;
  readonly index: number;
}

/** Solves a model and says whether it is infeasible; `undefined` when time ran out first. */
export type IsInfeasible = (model: LinearModel) => Promise<boolean | undefined>;

/** Names as people read them: a constraint by its name, a bound as `x <= 5`. */
export const nameConflict = (model: SparseModel, conflict: ConflictIndices): readonly string[] => [
  ...conflict.rows.map((row) => model.rowNames[row] ?? ''),
  ...conflict.lower.map((j) => `${model.columnNames[j] ?? ''} >= ${model.arrays.lower[j] ?? NaN}`),
  ...conflict.upper.map((j) => `${model.columnNames[j] ?? ''} <= ${model.arrays.upper[j] ?? NaN}`),
];

/**
 * An irreducible set of limits that cannot hold together, of a model known to be infeasible: with any one of them away it is feasible.
 * Where the linear relaxation is infeasible already, the set is irreducible for the relaxation. Otherwise integrality and the bounds of integer
 * variables always stay, because branch and bound may run for ever without them. `undefined` when time ran out.
 */
export const findConflict = async (
  model: LinearModel,
  isInfeasible: IsInfeasible,
): Promise<ConflictIndices | undefined> => {
  const relaxed = relax(model);
  const relaxedInfeasible = await isInfeasible(relaxed);
  if (relaxedInfeasible === undefined) return undefined;
  const searched = relaxedInfeasible ? relaxed : model;
  const found = await explain([], true, listLimits(searched), (limits) => isInfeasible(restrict(searched, limits)));
  return found && toIndices(found);
};

/** QuickXplain (U. Junker, AAAI 2004): about k log(n/k) questions for k limits of n. `kept` and all of `open` conflict together. */
const explain = async (
  kept: readonly Limit[],
  keptGrew: boolean,
  open: readonly Limit[],
  conflicts: (limits: readonly Limit[]) => Promise<boolean | undefined>,
): Promise<readonly Limit[] | undefined> => {
  if (keptGrew) {
    const enough = await conflicts(kept);
    if (enough === undefined) return undefined;
    if (enough) return [];
  }
  if (open.length <= 1) return open;
  const half = Math.ceil(open.length / 2);
  const [first, second] = [open.slice(0, half), open.slice(half)];
  const inSecond = await explain([...kept, ...first], true, second, conflicts);
  if (!inSecond) return undefined;
  const inFirst = await explain([...kept, ...inSecond], inSecond.length > 0, first, conflicts);
  return inFirst && [...inFirst, ...inSecond];
};

/** Bounds first: constraints are what people can act on, and the later ones are kept where there is a choice. */
const listLimits = ({ variables, constraints }: LinearModel): readonly Limit[] => {
  const boundsOf = (kind: 'lower' | 'upper'): Limit[] =>
    variables.flatMap((variable, index) =>
      !variable.integer && Number.isFinite(variable[kind]) ? [{ kind, index }] : [],
    );
  return [
    ...boundsOf('lower'),
    ...boundsOf('upper'),
    ...constraints.map((_, index): Limit => ({ kind: 'rows', index })),
  ];
};

const toIndices = (limits: readonly Limit[]): ConflictIndices => {
  const indicesOf = (kind: Limit['kind']): number[] =>
    limits.filter((limit) => limit.kind === kind).map(({ index }) => index);
  return { rows: indicesOf('rows'), lower: indicesOf('lower'), upper: indicesOf('upper') };
};

/** The model with fractions allowed. */
const relax = (model: LinearModel): LinearModel => ({
  ...model,
  variables: model.variables.map((variable) => ({ ...variable, cost: 0, integer: false })),
});

/** The model with only these limits, and nothing to minimise. */
const restrict = (model: LinearModel, limits: readonly Limit[]): LinearModel => {
  const { rows, lower, upper } = toIndices(limits);
  const [keptLower, keptUpper] = [new Set(lower), new Set(upper)];
  return {
    name: model.name,
    variables: model.variables.map((variable, index) => ({
      ...variable,
      cost: 0,
      lower: variable.integer || keptLower.has(index) ? variable.lower : -Infinity,
      upper: variable.integer || keptUpper.has(index) ? variable.upper : Infinity,
    })),
    constraints: rows.flatMap((row) => model.constraints[row] ?? []),
    constant: 0,
  };
};
