import type { EnergyCost, SitePlan } from '../plan.js';
import { type SiteProblem, type Tariff, type Unit, valueAt } from '../problem.js';
import { carriedBy } from './check-meters.js';
import { near, type Reading, sum } from './reading.js';

/** Of a transformer at the normal rate (IEC 60076-7). */
const LIFE_HOURS = 180_000;

type Parts = Record<Exclude<keyof EnergyCost, 'total'>, number> & { carbonKg: number };

/** What an hour at a level burns: the line through its curve's points, straight on past both ends; nothing while the unit is off. */
export const fuelAt = ({ fuel, commitment }: Unit, level: number, on: boolean): number => {
  if (!fuel || (commitment && !on)) return 0;
  const { curve } = fuel;
  const above = curve.findIndex(([kw]) => kw >= level);
  const at = Math.min(Math.max(1, above === -1 ? curve.length - 1 : above), curve.length - 1);
  const [[x0, y0], [x1, y1]] = [curve[at - 1] ?? [0, 0], curve[at] ?? [0, 0]];
  return Math.max(0, y0 + ((y1 - y0) * (level - x0)) / (x1 - x0));
};

/** The cost is what the plan's series come to, part by part. */
export const checkCost = (reading: Reading): void => {
  const { problem, plan, slots, report } = reading;
  const parts: Parts = {
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
    const of = plan.sites[at];
    if (!of) continue;
    for (const [index, { tariff }] of site.connections.entries())
      addMeter(reading, tariff, of.connections[index]?.net_kw ?? [], parts);
    addParts(reading, site, of, parts);
  }
  for (const [at, { feeder, tariff, transformer }] of problem.feeders.entries()) {
    // The hot spot from which its life follows is checked by itself.
    if (transformer) parts.wear += ((plan.feeders[at]?.life_hours ?? NaN) * transformer.price) / LIFE_HOURS;
    const net = slots.map((slot) => carriedBy(feeder, problem, plan, slot));
    if (tariff) addMeter(reading, tariff, net, parts);
  }
  const { carbonKg, ...cost } = parts;
  const wanted = { ...cost, total: sum(Object.values(cost)) };
  for (const name of ['energy', 'capacity', 'carbon', 'wear', 'generation', 'shedding', 'stored', 'total'] as const)
    report(
      near(plan.cost[name], wanted[name]),
      `Cost: ${name} is ${plan.cost[name]}, the series make ${wanted[name]}.`,
    );
  report(near(plan.carbon_kg, carbonKg), `Carbon is ${plan.carbon_kg} kg, the series make ${carbonKg} kg.`);
};

/** Buying, selling, carbon of what is bought, the highest of each window above what it has cost already, and changes from slot to slot. */
const addMeter = ({ problem, hours }: Reading, tariff: Tariff, net: readonly number[], parts: Parts): void => {
  const { peaks = [], ramp, spread_kw = [] } = tariff;
  for (const [slot, planned] of net.entries()) {
    const before = slot === 0 ? (ramp?.before_kw ?? 0) : (net[slot - 1] ?? 0);
    const flows = slot === 0 && spread_kw.length > 0 ? spread_kw.map((more) => planned + more) : [planned];
    for (const kw of flows) {
      const kwh = (kw * hours) / flows.length;
      const carbon = kw > 0 ? kwh * valueAt(tariff.carbon_kg_per_kwh, slot) : 0;
      parts.energy += kwh * valueAt(kw > 0 ? tariff.import_price_per_kwh : tariff.export_price_per_kwh, slot);
      parts.carbon += carbon * problem.carbon_price_per_kg;
      parts.carbonKg += carbon;
      parts.capacity += ((ramp?.price_per_kw ?? 0) * Math.abs(kw - before)) / flows.length;
    }
  }
  for (const { from_slot, until_slot, price_per_kw, so_far_kw } of peaks) {
    const own = net.filter((_, slot) => slot >= from_slot && slot < until_slot);
    parts.capacity += price_per_kw * Math.max(0, ...own.map((kw) => kw - so_far_kw));
  }
};

const addParts = ({ problem, hours, slots }: Reading, site: SiteProblem, of: SitePlan, parts: Parts): void => {
  const energy = (kws: readonly number[] | undefined): number => sum(kws ?? []) * hours;
  for (const [at, { shed_cost_per_kwh = 0 }] of site.loads.entries())
    parts.shedding += shed_cost_per_kwh * energy(of.loads[at]?.unserved_kw);
  for (const [at, { cost_per_kwh = 0 }] of site.supplies.entries())
    parts.generation += cost_per_kwh * energy(of.supplies[at]?.used_kw);
  for (const [at, store] of site.stores.entries()) {
    const { power_kw = [], soc_ratio = [] } = of.stores[at] ?? {};
    const kwhs = soc_ratio.map((ratio) => ratio * store.capacity_kwh);
    parts.wear += store.wear_cost_per_kwh * energy(power_kw.map(Math.abs));
    parts.wear += (store.holding_cost_per_kwh_hour ?? 0) * energy(kwhs);
    const gained = (kwhs.at(-1) ?? 0) - store.soc_ratio * store.capacity_kwh;
    parts.stored -= (store.end_value_per_kwh ?? 0) * gained;
  }
  for (const [at, { closed: first, operation_cost }] of (site.switches ?? []).entries()) {
    const closed = of.switches[at]?.closed ?? [];
    const before = (slot: number): string | null => (slot === 0 ? first : (closed[slot - 1] ?? null));
    parts.generation += operation_cost * closed.filter((now, slot) => now !== null && now !== before(slot)).length;
  }
  for (const [at, unit] of site.units.entries()) {
    const { level_kw = [], on = [] } = of.units[at] ?? {};
    const burnt = sum(slots.map((slot) => fuelAt(unit, level_kw[slot] ?? 0, on[slot] ?? false))) * hours;
    const { commitment, fuel } = unit;
    const before = (slot: number): boolean => (slot === 0 ? (commitment?.on ?? false) : (on[slot - 1] ?? false));
    const starts = slots.filter((slot) => on[slot] && !before(slot)).length;
    const stops = slots.filter((slot) => !on[slot] && before(slot)).length;
    parts.generation += unit.cost_per_kwh * energy(level_kw) + burnt * (fuel?.price ?? 0);
    if (commitment) parts.generation += starts * commitment.start_cost + stops * commitment.stop_cost;
    parts.carbonKg += burnt * (fuel?.carbon_kg ?? 0);
    parts.carbon += burnt * (fuel?.carbon_kg ?? 0) * problem.carbon_price_per_kg;
  }
};
