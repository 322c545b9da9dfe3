import { type PowerBySoc, type Store, type Task, type Unit, valueAt } from '../problem.js';
import { fuelAt } from './check-cost.js';
import { near, type SiteReading, sum, TOLERANCE, valueOf } from './reading.js';

/** Loads, supplies, stores, units and tasks of a site do what they can do. */
export const checkParts = (reading: SiteReading): void => {
  const { site, of, slots, report } = reading;
  const within = (where: string, what: string, value: number, low: number, high: number): void =>
    report(
      value >= low - TOLERANCE && value <= high + TOLERANCE * Math.max(1, Math.abs(high)),
      `${where}: ${what} ${value} is not within ${low} and ${high}.`,
    );
  for (const slot of slots) {
    const alive = site.connections.some(({ available }) => valueAt(available ?? 1, slot) > 0);
    for (const [at, { load, bus = 'power', power_kw, shed_cost_per_kwh }] of site.loads.entries()) {
      const mayFail = shed_cost_per_kwh !== undefined || bus !== 'power' || !alive;
      const unserved = valueOf(of.loads[at]?.unserved_kw, slot);
      within(`${site.site} ${load}, slot ${slot}`, 'unserved', unserved, 0, mayFail ? valueAt(power_kw, slot) : 0);
    }
    for (const [at, { supply, available_kw }] of site.supplies.entries()) {
      const used = valueOf(of.supplies[at]?.used_kw, slot);
      within(`${site.site} ${supply}, slot ${slot}`, 'used', used, 0, valueAt(available_kw, slot));
    }
  }
  for (const [at, store] of site.stores.entries()) checkStore(reading, store, of.stores[at], within);
  for (const [at, unit] of site.units.entries()) checkUnit(reading, unit, of.units[at], within);
  for (const [at, task] of site.tasks.entries()) checkTask(reading, task, of.tasks[at]?.power_kw ?? [], within);
};

type Within = (where: string, what: string, value: number, low: number, high: number) => void;

/** Power is what state and size allow, the state at a slot's end follows from power and losses, and fits in. */
const checkStore = (
  { site, slots, hours, report }: SiteReading,
  store: Store,
  of: SiteReading['of']['stores'][number] | undefined,
  within: Within,
): void => {
  const { capacity_kwh, charge_efficiency, discharge_efficiency, loss_ratio_per_hour = 0 } = store;
  for (const slot of slots) {
    const where = `${site.site} ${store.store}, slot ${slot}`;
    const power = valueOf(of?.power_kw, slot);
    const before = slot === 0 ? store.soc_ratio : valueOf(of?.soc_ratio, slot - 1);
    const after = valueOf(of?.soc_ratio, slot) * capacity_kwh;
    const kept = before * capacity_kwh * Math.pow(1 - loss_ratio_per_hour, hours);
    const put = power > 0 ? power * hours * charge_efficiency : (power * hours) / discharge_efficiency;
    within(where, 'power', power, -limitAt(store.discharge_kw, before), limitAt(store.charge_kw, before));
    within(where, 'energy', after, 0, capacity_kwh);
    report(near(after, kept + put), `${where}: it holds ${after} kWh, power and losses give ${kept + put} kWh.`);
  }
};

const limitAt = (limit: number | PowerBySoc, soc: number): number => {
  if (typeof limit === 'number') return limit;
  let most = limit[0]?.[1] ?? 0;
  for (let at = 1; at < limit.length; at += 1) {
    const [[x0, y0], [x1, y1]] = [limit[at - 1] ?? [0, 0], limit[at] ?? [0, 0]];
    if (soc >= x0) most = y0 + ((Math.min(soc, x1) - x0) / (x1 - x0)) * (y1 - y0);
  }
  return most;
};

/** Level within least and capacity while it is on, else zero; off long enough before it starts; no more fuel than there is. */
const checkUnit = (
  { site, slots, hours, report }: SiteReading,
  unit: Unit,
  of: SiteReading['of']['units'][number] | undefined,
  within: Within,
): void => {
  const { commitment, fuel } = unit;
  const isOn = (slot: number): boolean => of?.on[slot] ?? false;
  let [on, since] = [commitment?.on ?? false, -(commitment?.slots_so ?? 0)];
  for (const slot of slots) {
    const where = `${site.site} ${unit.unit}, slot ${slot}`;
    const level = valueOf(of?.level_kw, slot);
    within(where, 'level', level, isOn(slot) ? (commitment?.min_kw ?? 0) : 0, valueAt(unit.capacity_kw, slot));
    report(isOn(slot) || level === 0, `${where}: it is off, at ${level} kW.`);
    report(commitment !== undefined || isOn(slot) === level > 0, `${where}: it is on or off at ${level} kW.`);
    if (!commitment || isOn(slot) === on) continue;
    const rested = slot - since;
    report(on || rested >= commitment.min_down_slots, `${where}: it starts after ${rested} slots off.`);
    [on, since] = [isOn(slot), slot];
  }
  if (fuel?.on_hand === undefined) return;
  const burnt = sum(slots.map((slot) => fuelAt(unit, valueOf(of?.level_kw, slot), isOn(slot)) * hours));
  within(`${site.site} ${unit.unit}`, 'fuel', burnt, 0, fuel.on_hand);
};

/** In its window, no more than there is to do, and in one even run where it takes no pause; a run that breaks off is a violation. */
const checkTask = (
  { site, slots, hours, report, plan }: SiteReading,
  { task, energy_kwh, power_kw, from_slot, until_slot, interruptible }: Task,
  power: readonly number[],
  within: Within,
): void => {
  const where = `${site.site} ${task}`;
  for (const slot of slots) {
    const open = slot >= from_slot && slot < until_slot;
    within(`${where}, slot ${slot}`, 'power', valueOf(power, slot), 0, open ? power_kw : 0);
  }
  const done = sum(power) * hours;
  within(where, 'energy', done, 0, energy_kwh);
  const runs = slots.filter((slot) => valueOf(power, slot) > TOLERANCE);
  const [first = 0, last = -1] = [runs[0], runs.at(-1)];
  const isEven = runs.every((slot) => near(valueOf(power, slot), valueOf(power, first)));
  const isListed = plan.violations.some(({ limit, at }) => limit === 'task' && at === where);
  report(
    interruptible || isListed || (runs.length === last - first + 1 && isEven),
    `${where}: it must run once, evenly, without a pause.`,
  );
  report(
    interruptible || isListed || runs.length === 0 || near(done, energy_kwh) || last === slots.length - 1,
    `${where}: it breaks off at ${done} of ${energy_kwh} kWh.`,
  );
};
