import { slotDuration } from '#libs/kernel';
import type { LinearSolver, SparseModel } from '#libs/lp';
import { buildEnergyModel, type BuiltEnergyModel } from '../model/build-model.js';
import type { SiteProblem } from '../problem.js';
import type { Season, SiteSize, SizedSeason } from './season.js';

/** Columns of a site's sizes, behind those of the days; -1 where there is nothing to size. */
interface SizeColumns {
  readonly connection: number;
  readonly generator: number;
  readonly batteryKw: number;
  readonly batteryKwh: number;
}

/** Unserved energy of one day, in columns of the whole. */
interface Unserved {
  readonly column: number;
  /** kWh over the season. */
  readonly kwh: number;
  readonly isCritical: boolean;
}

/**
 * Sizes of least cost for a season: the planner's own model of each day, weighted, side by side, with columns for the sizes that the days share. Connections are never over their size. Rejects
 * when the solver finds no optimum in time.
 */
export const sizeSeason = async (
  season: Season,
  { solver, deadlineMs }: { readonly solver: LinearSolver; readonly deadlineMs: number },
): Promise<SizedSeason> => {
  const [first] = season.days;
  if (!first) throw new Error('A season has at least one day.');
  const built = season.days.map(({ problem }) => buildEnergyModel(problem));
  const { model, offsets, sizes, unserved } = joinDays(season, built);
  const outcome = await solver.solve(model, { deadlineMs });
  if (outcome.status !== 'optimal') throw new Error(`The sizes were not found: the solver ended ${outcome.status}.`);
  const { values, objective } = outcome;
  const valueOf = (column: number): number => (column < 0 ? 0 : (values[column] ?? 0));
  const capital = sumOf(
    [...values.keys()].slice(offsets.sizes),
    (column) => valueOf(column) * (model.arrays.cost[column] ?? 0),
  );
  const lost = sumOf(
    unserved,
    ({ column, kwh, isCritical }) =>
      valueOf(column) * kwh * (isCritical ? season.value_of_critical_load : season.value_of_lost_load),
  );
  return {
    sizes: first.problem.sites.map(({ site }, at): SiteSize => {
      const of = sizes[at];
      return {
        site,
        connection_kw: valueOf(of?.connection ?? -1),
        generator_kw: valueOf(of?.generator ?? -1),
        battery_kw: valueOf(of?.batteryKw ?? -1),
        battery_kwh: valueOf(of?.batteryKwh ?? -1),
      };
    }),
    cost: { capital, running: objective - capital - lost, unserved: lost, total: objective },
    unserved_kwh: sumOf(unserved, ({ column, kwh }) => valueOf(column) * kwh),
    critical_unserved_kwh: sumOf(
      unserved.filter(({ isCritical }) => isCritical),
      ({ column, kwh }) => valueOf(column) * kwh,
    ),
  };
};

const sumOf = <T>(of: readonly T[], value: (one: T) => number): number => of.reduce((sum, one) => sum + value(one), 0);

const joinDays = (season: Season, built: readonly BuiltEnergyModel[]) => {
  const days = built.map(({ model }) => model.arrays);
  const firstColumn = starts(days.map(({ cost }) => cost.length));
  const numColumns = firstColumn.at(-1) ?? 0;
  const cost: number[] = [];
  const upper: number[] = [];
  const lower: number[] = [];
  const unserved: Unserved[] = [];
  const more: { readonly columns: readonly number[]; readonly factors: readonly number[] }[] = [];
  for (const [day, arrays] of days.entries()) {
    const weight = season.days[day]?.weight ?? 0;
    for (const [column, price] of arrays.cost.entries()) {
      cost.push(price * weight);
      upper.push(arrays.upper[column] ?? 0);
      lower.push(arrays.lower[column] ?? 0);
    }
  }
  const sizes = (season.days[0]?.problem.sites ?? []).map((_, at): SizeColumns => {
    const add = (price: number): number => {
      cost.push(price);
      upper.push(Infinity);
      lower.push(0);
      return cost.length - 1;
    };
    const { connection_per_kw, generator_per_kw, battery_per_kw, battery_per_kwh } = season.costs;
    const has = (part: 'connections' | 'stores' | 'units'): boolean =>
      season.days.some(({ problem }) => (problem.sites[at]?.[part].length ?? 0) > 0);
    return {
      connection: has('connections') ? add(connection_per_kw) : -1,
      generator: has('units') ? add(generator_per_kw) : -1,
      batteryKw: has('stores') ? add(battery_per_kw) : -1,
      batteryKwh: has('stores') ? add(battery_per_kwh) : -1,
    };
  });
  /** A column's own limit is the size instead. */
  const size = (column: number | undefined, by: number, from: number): void => {
    if (column === undefined || column < 0) return;
    upper[from + column] = Infinity;
    more.push({ columns: [from + column, by], factors: [1, -1] });
  };
  for (const [day, { sites, violations }] of built.entries()) {
    const from = firstColumn[day] ?? 0;
    const { problem, weight = 0 } = season.days[day] ?? {};
    const hours = problem ? slotDuration(problem.grid) / 3600 : 0;
    for (const [at, columns] of sites.entries()) {
      const of = sizes[at];
      const site = problem?.sites[at];
      if (!of || !site) continue;
      for (const column of columns.meters[0]?.import ?? []) size(column, of.connection, from);
      for (const column of columns.units[0]?.level ?? []) size(column, of.generator, from);
      const [store] = columns.stores;
      for (const column of [...(store?.charge ?? []), ...(store?.discharge ?? [])]) size(column, of.batteryKw, from);
      for (const [held] of store?.held ?? []) size(held?.[0], of.batteryKwh, from);
      for (const lost of listUnserved(site, columns.unserved)) {
        const kwh = hours * weight;
        unserved.push({ ...lost, column: from + lost.column, kwh });
        cost[from + lost.column] = kwh * (lost.isCritical ? season.value_of_critical_load : season.value_of_lost_load);
      }
    }
    for (const { limit, column } of violations)
      if (limit === 'import_limit' || limit === 'export_limit') upper[from + column] = 0;
  }
  return {
    model: assemble(built, firstColumn, { cost, lower, upper }, more),
    offsets: { sizes: numColumns },
    sizes,
    unserved,
  };
};

const starts = (lengths: readonly number[]): readonly number[] =>
  lengths.reduce<number[]>((all, length) => [...all, (all.at(-1) ?? 0) + length], [0]);

function* listUnserved(
  { loads }: SiteProblem,
  columns: BuiltEnergyModel['sites'][number]['unserved'],
): Generator<{ readonly column: number; readonly isCritical: boolean }> {
  for (const [at, { tier }] of loads.entries()) {
    for (const column of columns[at] ?? []) if (column >= 0) yield { column, isCritical: tier !== 'normal' };
  }
}

/** The days' matrices one below the other, then the rows of the sizes. */
const assemble = (
  built: readonly BuiltEnergyModel[],
  firstColumn: readonly number[],
  {
    cost,
    lower,
    upper,
  }: { readonly cost: readonly number[]; readonly lower: readonly number[]; readonly upper: readonly number[] },
  more: readonly { readonly columns: readonly number[]; readonly factors: readonly number[] }[],
): SparseModel => {
  const rowStarts = [0];
  const [indices, values, rowLower, rowUpper, rowNames, integer]: [
    number[],
    number[],
    number[],
    number[],
    string[],
    number[],
  ] = [[], [], [], [], [], []];
  for (const [day, { model }] of built.entries()) {
    const { arrays } = model;
    const from = firstColumn[day] ?? 0;
    for (let row = 0; row < arrays.rowLower.length; row += 1) {
      for (let entry = arrays.starts[row] ?? 0; entry < (arrays.starts[row + 1] ?? 0); entry += 1) {
        indices.push(from + (arrays.indices[entry] ?? 0));
        values.push(arrays.values[entry] ?? 0);
      }
      rowStarts.push(indices.length);
      rowLower.push(arrays.rowLower[row] ?? 0);
      rowUpper.push(arrays.rowUpper[row] ?? 0);
      rowNames.push(`day ${day} ${model.rowNames[row] ?? ''}`);
    }
    integer.push(...arrays.integer);
  }
  for (const [at, { columns, factors }] of more.entries()) {
    indices.push(...columns);
    values.push(...factors);
    rowStarts.push(indices.length);
    rowLower.push(-Infinity);
    rowUpper.push(0);
    rowNames.push(`size ${at}`);
  }
  const sizes = cost.length - integer.length;
  return {
    name: 'sizes',
    columnNames: [
      ...built.flatMap(({ model }, day) => model.columnNames.map((name) => `day ${day} ${name}`)),
      ...Array.from({ length: sizes }, (_, at) => `size ${at}`),
    ],
    rowNames,
    arrays: {
      cost: Float64Array.from(cost),
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      integer: Int32Array.from([...integer, ...new Array<number>(sizes).fill(0)]),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      starts: Int32Array.from(rowStarts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
      constant: built.reduce((sum, { model }) => sum + model.arrays.constant, 0),
    },
  };
};
