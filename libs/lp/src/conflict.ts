import type { ConflictIndices } from './protocol.js';
import type { LinearModel } from './model.js';

/** A constraint, or one finite bound of a variable. */
interface Limit {
  readonly kind: keyof ConflictIndices;
  readonly index: number;
}

/** Solves a model and says whether it is infeasible; `undefined` when time ran out first. */
export type IsInfeasible = (model: LinearModel) => Promise<boolean | undefined>;

/** Names as people read them: a constraint by its name, a bound as `x <= 5`. */
export const nameConflict = (model: LinearModel, conflict: ConflictIndices): readonly string[] => [
  ...conflict.rows.map((row) => model.constraints[row]?.name ?? ''),
  ...conflict.lower.map((j) => `${model.variables[j]?.name ?? ''} >= ${model.variables[j]?.lower ?? NaN}`),
  ...conflict.upper.map((j) => `${model.variables[j]?.name ?? ''} <= ${model.variables[j]?.upper ?? NaN}`),
];

/**
 * An irreducible set of limits that cannot hold together, of a model known to be infeasible: with any one of them away it is feasible.
 * QuickXplain (U. Junker, AAAI 2004): about k log(n/k) solves for k limits of n. Integrality always stays. `undefined` when time ran out.
 */
export const findConflict = async (
  model: LinearModel,
  isInfeasible: IsInfeasible,
): Promise<ConflictIndices | undefined> => {
  const search = async (
    kept: readonly Limit[],
    keptGrew: boolean,
    open: readonly Limit[],
  ): Promise<readonly Limit[] | undefined> => {
    if (keptGrew) {
      const enough = await isInfeasible(restrict(model, kept));
      if (enough === undefined) return undefined;
      if (enough) return [];
    }
    if (open.length <= 1) return open;
    const half = Math.ceil(open.length / 2);
    const [first, second] = [open.slice(0, half), open.slice(half)];
    const inSecond = await search([...kept, ...first], true, second);
    if (!inSecond) return undefined;
    const inFirst = await search([...kept, ...inSecond], inSecond.length > 0, first);
    return inFirst && [...inFirst, ...inSecond];
  };
  const found = await search([], false, listLimits(model));
  return found && toIndices(found);
};

/** Bounds first: constraints are what people can act on, so they are let go first. */
const listLimits = ({ variables, constraints }: LinearModel): readonly Limit[] => [
  ...variables.flatMap(({ lower }, index): Limit[] => (Number.isFinite(lower) ? [{ kind: 'lower', index }] : [])),
  ...variables.flatMap(({ upper }, index): Limit[] => (Number.isFinite(upper) ? [{ kind: 'upper', index }] : [])),
  ...constraints.map((_, index): Limit => ({ kind: 'rows', index })),
];

const toIndices = (limits: readonly Limit[]): ConflictIndices => {
  const indicesOf = (kind: Limit['kind']): number[] =>
    limits.filter((limit) => limit.kind === kind).map(({ index }) => index);
  return { rows: indicesOf('rows'), lower: indicesOf('lower'), upper: indicesOf('upper') };
};

/** The model with only these limits, and nothing to minimise. */
const restrict = (model: LinearModel, limits: readonly Limit[]): LinearModel => {
  const { rows, lower, upper } = toIndices(limits);
  const [keptLower, keptUpper] = [new Set(lower), new Set(upper)];
  return {
    name: model.name,
    variables: model.variables.map((variable, index) => ({
      ...variable,
      cost: 0,
      lower: keptLower.has(index) ? variable.lower : -Infinity,
      upper: keptUpper.has(index) ? variable.upper : Infinity,
    })),
    constraints: rows.flatMap((row) => model.constraints[row] ?? []),
    constant: 0,
  };
};
