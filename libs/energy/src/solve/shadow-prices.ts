import { slotStart } from '#libs/kernel';
import type { LinearValues, SparseModel } from '#libs/lp';
import type { BuiltEnergyModel } from '../model/build-model.js';
import type { ShadowPrice } from '../plan.js';
import type { EnergyProblem } from '../problem.js';

/** Prices below this share of the dearest kWh are rounding. */
const NOTHING = 1e-6;
/** A limit that is over by less, kW, holds. */
const BROKEN = 1e-6;

/**
 * What one kW more of feeders and connections would save, as runs of neighbouring slots. Of limits that are broken it says nothing: what clears them stands with the violation. Empty without
 * duals, which javascript-lp-solver does not give.
 */
export const listShadowPrices = (
  problem: EnergyProblem,
  { model, sites, limits, violations, dearest }: BuiltEnergyModel,
  { values, duals }: Pick<LinearValues, 'values' | 'duals'>,
): readonly ShadowPrice[] => {
  if (!duals) return [];
  const prices: ShadowPrice[] = [];
  const broken = new Set(
    violations
      .filter(({ column }) => (values[column] ?? 0) > BROKEN)
      .map(({ limit, at, slot }) => `${limit} ${at} ${slot}`),
  );
  const add = (limit: ShadowPrice['limit'], at: string, of: (slot: number) => number): void => {
    for (let slot = 0; slot < problem.grid.count; slot += 1) {
      const price = of(slot);
      if (price <= NOTHING * dearest || broken.has(`${limit} ${at} ${slot}`)) continue;
      const [from, until] = [slotStart(problem.grid, slot), slotStart(problem.grid, slot + 1)];
      const last = prices.at(-1);
      const goesOn = last?.limit === limit && last.at === at && last.until_ms === from;
      if (goesOn) prices.pop();
      prices.push({
        limit,
        at,
        from_ms: goesOn ? last.from_ms : from,
        until_ms: until,
        price_per_kw: (goesOn ? last.price_per_kw : 0) + price,
      });
    }
  };
  const feeders = new Map<string, Map<number, number>>();
  for (const { row, limit, at, slot } of limits) {
    if (limit !== 'feeder_limit') continue;
    const rows = feeders.get(at) ?? new Map<number, number>();
    feeders.set(at, rows.set(slot, row));
  }
  for (const [feeder, rows] of feeders)
    add('feeder_limit', feeder, (slot) => Math.abs(duals[rows.get(slot) ?? -1] ?? 0));
  const reduced = reducedCosts(model, duals);
  for (const [at, { connections }] of problem.sites.entries()) {
    for (const [index, { connection }] of connections.entries()) {
      const meter = sites[at]?.meters[index];
      if (!meter) continue;
      add('import_limit', connection, (slot) => -(reduced[meter.import[slot] ?? -1] ?? 0));
      add('export_limit', connection, (slot) => -(reduced[meter.export[slot] ?? -1] ?? 0));
    }
  }
  return prices;
};

/** What a unit more of each column would cost: negative where its upper limit binds. */
const reducedCosts = ({ arrays }: SparseModel, duals: Float64Array): Float64Array => {
  const reduced = arrays.cost.slice();
  for (let row = 0; row < arrays.rowLower.length; row += 1) {
    const dual = duals[row] ?? 0;
    if (dual === 0) continue;
    for (let at = arrays.starts[row] ?? 0; at < (arrays.starts[row + 1] ?? 0); at += 1) {
      const column = arrays.indices[at] ?? 0;
      reduced[column] = (reduced[column] ?? 0) - dual * (arrays.values[at] ?? 0);
    }
  }
  return reduced;
};
