import { slotDuration } from '#libs/kernel';
import { isAlive } from '../model/add-meters.js';
import type { SitePlan } from '../plan.js';
import {
  type EnergyProblem,
  isPower,
  POWER,
  type PowerBySoc,
  type SiteProblem,
  type Store,
  valueAt,
} from '../problem.js';
import type { SiteDecisions } from './decisions.js';

/** Numbers of a plan are kept to a milliwatt. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;
/** A millionth of a large ice floor is a kWh: states are kept finer. */
const roundRatio = (value: number): number => Math.round(value * 1e9) / 1e9 + 0;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * What decisions come to: a store takes only what its power and its state allow, units and supplies give at most what they have, and the grid connections carry what is left of the balance. Where a
 * site has several, each carries what was decided, and the first that is alive the rest.
 */
export const assembleSite = ({ grid }: EnergyProblem, site: SiteProblem, decided: SiteDecisions): SitePlan => {
  const slots = Array.from({ length: grid.count }, (_, slot) => slot);
  const hours = slotDuration(grid) / 3600;
  const series = (of: (slot: number) => number): number[] => slots.map((slot) => round(of(slot)));
  const at = (rows: readonly (readonly number[])[], index: number, slot: number): number => rows[index]?.[slot] ?? 0;
  const stores = site.stores.map((store, index) =>
    driveStore(store, hours, (slot) => at(decided.store_kw, index, slot), slots),
  );
  const loads = site.loads.map(({ load, power_kw }, index) => ({
    load,
    unserved_kw: series((slot) => clamp(at(decided.unserved_kw, index, slot), 0, valueAt(power_kw, slot))),
  }));
  const supplies = site.supplies.map(({ supply, available_kw }, index) => ({
    supply,
    used_kw: series((slot) => clamp(at(decided.used_kw, index, slot), 0, valueAt(available_kw, slot))),
  }));
  const units = site.units.map(({ unit, capacity_kw, commitment }, index) => {
    const isOn = (slot: number): boolean => decided.on[index]?.[slot] ?? false;
    const level_kw = series((slot) =>
      commitment && !isOn(slot) ? 0 : clamp(at(decided.level_kw, index, slot), 0, valueAt(capacity_kw, slot)),
    );
    return { unit, level_kw, on: level_kw.map((kw, slot) => (commitment ? isOn(slot) : kw > 0)) };
  });
  const tasks = site.tasks.map(({ task, power_kw }, index) => ({
    task,
    power_kw: series((slot) => clamp(at(decided.task_kw, index, slot), 0, power_kw)),
  }));
  const switches = (site.switches ?? []).map(({ switch: name, connections }, index) => ({
    switch: name,
    closed: slots.map((slot) => connections[decided.closed[index]?.[slot] ?? -1] ?? null),
  }));
  const sum = <T>(of: readonly T[], value: (one: T, index: number) => number): number =>
    of.reduce((total, one, index) => total + value(one, index), 0);
  const own = <T extends { readonly bus?: string }>(
    of: readonly T[],
    value: (one: T, index: number) => number,
  ): number => sum(of, (one, index) => (isPower(one) ? value(one, index) : 0));
  const perKw = site.units.map(
    ({ outputs, inputs }) =>
      sum(outputs, ({ bus, per_kw }) => (bus === POWER ? per_kw : 0)) -
      sum(inputs, ({ bus, per_kw }) => (bus === POWER ? per_kw : 0)),
  );
  const flow = (slot: number): number => sum(perKw, (kw, index) => kw * (units[index]?.level_kw[slot] ?? 0));
  const load_kw = series(
    (slot) =>
      own(site.loads, ({ power_kw }) => valueAt(power_kw, slot)) +
      own(site.tasks, (_, index) => tasks[index]?.power_kw[slot] ?? 0),
  );
  const pv_kw = series((slot) => own(site.supplies, ({ available_kw }) => valueAt(available_kw, slot)));
  const used = series((slot) => own(site.supplies, (_, index) => supplies[index]?.used_kw[slot] ?? 0));
  const battery_kw = series((slot) => own(site.stores, (_, index) => stores[index]?.power_kw[slot] ?? 0));
  const unserved_kw = series((slot) => own(site.loads, (_, index) => loads[index]?.unserved_kw[slot] ?? 0));
  const generated_kw = series(flow);
  const needed = (slot: number): number =>
    (load_kw[slot] ?? 0) +
    (battery_kw[slot] ?? 0) -
    (used[slot] ?? 0) -
    (generated_kw[slot] ?? 0) -
    (unserved_kw[slot] ?? 0);
  const connections = carry(site, decided, switches, slots, needed);
  const net = (slot: number, direction: 1 | -1): number =>
    sum(connections, ({ net_kw }) => Math.max(0, direction * (net_kw[slot] ?? 0)));
  const capacity = own(site.stores, ({ capacity_kwh }) => capacity_kwh);
  return {
    site: site.site,
    load_kw,
    pv_kw,
    curtailed_kw: series((slot) => (pv_kw[slot] ?? 0) - (used[slot] ?? 0)),
    import_kw: series((slot) => net(slot, 1)),
    export_kw: series((slot) => net(slot, -1)),
    battery_kw,
    soc_ratio: slots.map((slot) =>
      capacity === 0
        ? 0
        : roundRatio(
            own(site.stores, ({ capacity_kwh }, index) => capacity_kwh * (stores[index]?.soc_ratio[slot] ?? 0)) /
              capacity,
          ),
    ),
    generated_kw,
    unserved_kw,
    connections,
    loads,
    supplies,
    stores,
    units,
    tasks,
    switches,
  };
};

const carry = (
  site: SiteProblem,
  { net_kw }: SiteDecisions,
  switches: SitePlan['switches'],
  slots: readonly number[],
  needed: (slot: number) => number,
): SitePlan['connections'] => {
  const nets = site.connections.map(() => slots.map(() => 0));
  for (const slot of slots) {
    let rest = needed(slot);
    let first: number[] | undefined;
    for (let at = 0; at < nets.length; at += 1) {
      const [one, row] = [site.connections[at], nets[at]];
      if (!one || !row || !isAlive(one, slot) || !isClosed(site, switches, one.connection, slot)) continue;
      if (!first) {
        first = row;
        continue;
      }
      const kw = net_kw[at]?.[slot] ?? 0;
      row[slot] = round(kw);
      rest -= kw;
    }
    if (first) first[slot] = round(rest);
  }
  return site.connections.map(({ connection }, at) => ({ connection, net_kw: nets[at] ?? [] }));
};

/** Connections without a switch always are. */
const isClosed = (
  { switches: all = [] }: SiteProblem,
  plans: SitePlan['switches'],
  connection: string,
  slot: number,
): boolean =>
  all.every(({ connections }, at) => !connections.includes(connection) || plans[at]?.closed[slot] === connection);

const driveStore = (
  store: Store,
  hours: number,
  wanted: (slot: number) => number,
  slots: readonly number[],
): SitePlan['stores'][number] => {
  const { capacity_kwh, charge_efficiency, discharge_efficiency } = store;
  const kept = (1 - (store.loss_ratio_per_hour ?? 0)) ** hours;
  const [power_kw, soc_ratio]: [number[], number[]] = [[], []];
  let held = store.soc_ratio * capacity_kwh;
  for (const slot of slots) {
    const soc = held / capacity_kwh;
    const room = (capacity_kwh - held * kept) / (charge_efficiency * hours);
    const there = (held * kept * discharge_efficiency) / hours;
    const power = round(
      clamp(
        wanted(slot),
        -Math.min(powerAt(store.discharge_kw, soc), there),
        Math.min(powerAt(store.charge_kw, soc), room),
      ),
    );
    held = held * kept + hours * (power > 0 ? power * charge_efficiency : power / discharge_efficiency);
    power_kw.push(power);
    soc_ratio.push(roundRatio(held / capacity_kwh));
  }
  return { store: store.store, power_kw, soc_ratio };
};

/** The most power at a state of charge: linear between the points. */
export const powerAt = (limit: number | PowerBySoc, soc: number): number => {
  if (typeof limit === 'number') return limit;
  const after = limit.findIndex(([ratio]) => ratio >= soc);
  const [high, low] = [limit[after === -1 ? limit.length - 1 : after], limit[Math.max(0, after - 1)]];
  if (!high || !low || after <= 0) return (after === 0 ? high : (high ?? low))?.[1] ?? 0;
  return low[1] + ((high[1] - low[1]) * (soc - low[0])) / (high[0] - low[0]);
};
