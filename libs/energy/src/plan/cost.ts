import { slotDuration } from '#libs/kernel';
import { LIFE_HOURS } from '../transformer/hot-spot.js';
import { fuelPrice, importCost } from '../model/energy-model.js';
import type { EnergyCost, EnergyPlan, SitePlan } from '../plan.js';
import {
  type EnergyProblem,
  type FuelCurve,
  type SiteProblem,
  type Tariff,
  type TransferSwitch,
  type Unit,
  valueAt,
} from '../problem.js';

interface Costs {
  energy: number;
  capacity: number;
  carbon: number;
  wear: number;
  generation: number;
  shedding: number;
  stored: number;
  carbonKg: number;
}

/** What plans of sites cost over the horizon. */
export const costOf = (
  problem: EnergyProblem,
  sites: readonly SitePlan[],
  feeders: EnergyPlan['feeders'],
): { readonly cost: EnergyCost; readonly carbon_kg: number } => {
  const costs: Costs = {
    energy: 0,
    capacity: 0,
    carbon: 0,
    wear: 0,
    generation: 0,
    shedding: 0,
    stored: 0,
    carbonKg: 0,
  };
  for (const [at, site] of problem.sites.entries()) {
    const plan = sites[at];
    if (!plan) continue;
    for (const [index, { tariff }] of site.connections.entries())
      addTariff(problem, tariff, plan.connections[index]?.net_kw ?? [], costs);
    addAssets(problem, site, plan, costs);
  }
  for (const [at, { tariff, transformer }] of problem.feeders.entries()) {
    if (tariff) addTariff(problem, tariff, feeders[at]?.load_kw ?? [], costs);
    if (transformer) costs.wear += ((feeders[at]?.life_hours ?? 0) * transformer.price) / LIFE_HOURS;
  }
  const { carbonKg, ...parts } = costs;
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { cost: { ...parts, total }, carbon_kg: carbonKg };
};

const addTariff = (problem: EnergyProblem, tariff: Tariff, net: readonly number[], costs: Costs): void => {
  const hours = slotDuration(problem.grid) / 3600;
  const spread = tariff.spread_kw ?? [];
  for (const [slot, planned] of net.entries()) {
    const flows = slot === 0 && spread.length > 0 ? spread.map((more) => planned + more) : [planned];
    const price = valueAt(tariff.import_price_per_kwh, slot);
    for (const kw of flows) {
      const share = 1 / flows.length;
      const [bought, sold] = [Math.max(0, kw) * hours * share, Math.max(0, -kw) * hours * share];
      costs.energy += bought * price - sold * valueAt(tariff.export_price_per_kwh, slot);
      costs.carbon += bought * (importCost(problem, tariff, slot) - price);
      costs.carbonKg += bought * valueAt(tariff.carbon_kg_per_kwh, slot);
      if (!tariff.ramp) continue;
      const before = slot === 0 ? tariff.ramp.before_kw : (net[slot - 1] ?? 0);
      costs.capacity += tariff.ramp.price_per_kw * Math.abs(kw - before) * share;
    }
  }
  for (const { from_slot, until_slot, price_per_kw, so_far_kw } of tariff.peaks ?? []) {
    const highest = Math.max(so_far_kw, ...net.slice(Math.max(0, from_slot), Math.max(0, until_slot)));
    costs.capacity += price_per_kw * (highest - so_far_kw);
  }
};

const addAssets = (problem: EnergyProblem, site: SiteProblem, plan: SitePlan, costs: Costs): void => {
  const hours = slotDuration(problem.grid) / 3600;
  const sum = (values: readonly number[] | undefined): number =>
    (values ?? []).reduce((total, value) => total + value, 0);
  for (const [at, { shed_cost_per_kwh = 0 }] of site.loads.entries())
    costs.shedding += sum(plan.loads[at]?.unserved_kw) * hours * shed_cost_per_kwh;
  for (const [at, { cost_per_kwh = 0 }] of site.supplies.entries())
    costs.generation += sum(plan.supplies[at]?.used_kw) * hours * cost_per_kwh;
  for (const [at, store] of site.stores.entries()) {
    const { wear_cost_per_kwh, holding_cost_per_kwh_hour = 0, capacity_kwh, end_value_per_kwh = 0 } = store;
    const { power_kw, soc_ratio } = plan.stores[at] ?? {};
    costs.stored += end_value_per_kwh * capacity_kwh * (store.soc_ratio - (soc_ratio?.at(-1) ?? store.soc_ratio));
    costs.wear += sum(power_kw?.map(Math.abs)) * hours * wear_cost_per_kwh;
    costs.wear += sum(soc_ratio) * capacity_kwh * hours * holding_cost_per_kwh_hour;
  }
  for (const [at, one] of (site.switches ?? []).entries())
    costs.generation += operations(one, plan.switches[at]?.closed ?? []);
  for (const [at, unit] of site.units.entries()) {
    const { level_kw = [], on = [] } = plan.units[at] ?? {};
    costs.generation += sum(level_kw) * hours * unit.cost_per_kwh + startsAndStops(unit, on);
    if (!unit.fuel) continue;
    const { curve } = unit.fuel;
    const burnt = level_kw.reduce(
      (total, kw, slot) => total + (on[slot] || !unit.commitment ? burntAt(curve, kw) * hours : 0),
      0,
    );
    costs.generation += burnt * unit.fuel.price;
    costs.carbon += burnt * (fuelPrice(unit.fuel, problem) - unit.fuel.price);
    costs.carbonKg += burnt * unit.fuel.carbon_kg;
  }
};

/** Each closing of another connection. */
const operations = ({ closed: before, operation_cost }: TransferSwitch, closed: readonly (string | null)[]): number =>
  closed.filter((now, slot) => now !== null && now !== (slot === 0 ? before : closed[slot - 1])).length *
  operation_cost;

const startsAndStops = ({ commitment }: Unit, on: readonly boolean[]): number => {
  if (!commitment) return 0;
  let cost = 0;
  let before = commitment.on;
  for (const now of on) {
    if (now !== before) cost += now ? commitment.start_cost : commitment.stop_cost;
    before = now;
  }
  return cost;
};

/** Fuel an hour at a level: on the highest of the curve's pieces, as they go on past its ends. */
export const burntAt = (curve: FuelCurve, level: number): number => {
  let most = -Infinity;
  for (const [at, [kw, rate]] of curve.entries()) {
    const next = curve[at + 1];
    if (!next) continue;
    most = Math.max(most, rate + ((next[1] - rate) / (next[0] - kw)) * (level - kw));
  }
  return Math.max(0, most);
};
