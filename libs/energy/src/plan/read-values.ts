import { type BuiltEnergyModel, storeKey } from '../model/build-model.js';
import type { SiteColumns } from '../model/site-columns.js';
import type { Columns } from '../model/energy-model.js';
import type { EnergyProblem } from '../problem.js';
import type { SiteDecisions } from './decisions.js';
import { runsOf } from './twins.js';

/** Half way between off and on. */
const HALF = 0.5;

/** The decisions in a solved model's values, one a column. Charging and discharging at once, which a linear model cannot forbid, count as their difference. */
export const readValues = (
  { sites }: Pick<BuiltEnergyModel, 'sites'>,
  values: ArrayLike<number>,
): readonly SiteDecisions[] =>
  sites.map((site) => readSite(site, (column) => (column === undefined || column < 0 ? 0 : (values[column] ?? 0))));

/** Less than this, kW, is arithmetic. */
const BOTH_WAYS = 1e-5;

/** Slots in which a store charges and discharges at once, by `storeKey`. */
export const listCircling = (
  problem: EnergyProblem,
  { sites }: Pick<BuiltEnergyModel, 'sites'>,
  values: ArrayLike<number>,
): ReadonlyMap<string, readonly number[]> =>
  new Map(
    problem.sites.flatMap(({ site, stores }, at) =>
      stores.map(({ store }, index): readonly [string, readonly number[]] => {
        const { charge = NONE, discharge = NONE } = sites[at]?.stores[index] ?? {};
        const flows = (column: number | undefined): boolean => (values[column ?? -1] ?? 0) > BOTH_WAYS;
        const slots = [...charge.keys()].filter((slot) => flows(charge[slot]) && flows(discharge[slot]));
        return [storeKey(site, store), slots];
      }),
    ),
  );

const NONE: Columns = new Int32Array();

const readSite = (site: SiteColumns, valueOf: (column: number | undefined) => number): SiteDecisions => {
  const read = (columns: Columns): number[] => Array.from(columns, valueOf);
  const less = (more: Columns, ...others: readonly Columns[]): number[] =>
    Array.from(more, (column, slot) => others.reduce((rest, other) => rest - valueOf(other[slot]), valueOf(column)));
  return {
    net_kw: site.meters.map((meter) => {
      const out = less(meter.import, meter.export, meter.exportOver);
      return out.map((kw, slot) => kw + valueOf(meter.importOver[slot]));
    }),
    unserved_kw: site.unserved.map(read),
    used_kw: site.supplies.map(read),
    store_kw: site.stores.map(({ charge, discharge }) => less(charge, discharge)),
    level_kw: site.units.map(({ level, on, twins }) =>
      twins.count === 1 ? read(level) : readTwin(read(level), read(on), twins),
    ),
    on: site.units.map(({ on, twins }) => runsOf(read(on).map(Math.round), twins)[twins.place] ?? []),
    task_kw: site.tasks.map(read),
    closed: site.switches.map((connections) =>
      Array.from(connections[0] ?? [], (_, slot) => connections.findIndex((columns) => valueOf(columns[slot]) > HALF)),
    ),
  };
};

/** Those that are on share what all of them give. */
const readTwin = (
  level: readonly number[],
  on: readonly number[],
  twins: SiteColumns['units'][number]['twins'],
): readonly number[] => {
  const counts = on.map(Math.round);
  const own = runsOf(counts, twins)[twins.place];
  return level.map((kw, slot) => (own?.[slot] ? kw / (counts[slot] ?? 1) : 0));
};
