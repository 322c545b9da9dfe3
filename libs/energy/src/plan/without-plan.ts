import { slotDuration } from '#libs/kernel';
import { type EnergyProblem, POWER, type SiteProblem, valueAt } from '../problem.js';
import { isSupplied } from '../model/add-meters.js';
import type { SiteDecisions } from './decisions.js';

/**
 * What happens when nobody decides anything: stores idle, all supplies used, nothing shed, tasks done as soon as they may be, heat and cold made as they are asked for by the machines in their
 * order. Machines that make electricity are off, but where no connection is alive: then supplies serve what they can, machines in their order the rest.
 */
export const undecided = (problem: EnergyProblem, site: SiteProblem): SiteDecisions => {
  const { count } = problem.grid;
  const hours = slotDuration(problem.grid) / 3600;
  const row = (): number[] => new Array<number>(count).fill(0);
  const used = site.supplies.map(({ available_kw }) => row().map((_, slot) => valueAt(available_kw, slot)));
  const level = site.units.map(row);
  const unserved = site.loads.map(row);
  const tasks = site.tasks.map(({ energy_kwh, power_kw, from_slot, until_slot }) => {
    let left = energy_kwh;
    return row().map((_, slot) => {
      if (slot < from_slot || slot >= until_slot) return 0;
      const kw = Math.min(power_kw, left / hours);
      left -= kw * hours;
      return kw;
    });
  });
  const buses = [...new Set(site.units.flatMap(({ outputs }) => outputs.map(({ bus }) => bus)))];
  for (let slot = 0; slot < count; slot += 1) {
    // Heat and cold before electricity: their machines take some.
    for (const bus of [...buses.filter((one) => one !== POWER), POWER]) {
      if (bus === POWER && isSupplied(site, slot)) continue;
      serve(site, bus, slot, { used, level, unserved, tasks });
    }
  }
  return {
    net_kw: site.connections.map(row),
    unserved_kw: unserved,
    used_kw: used,
    store_kw: site.stores.map(row),
    level_kw: level,
    on: level.map((kws) => kws.map((kw) => kw > 0)),
    task_kw: tasks,
    closed: (site.switches ?? []).map(({ connections, closed }) => row().map(() => connections.indexOf(closed))),
  };
};

interface Rows {
  readonly used: readonly number[][];
  readonly level: readonly number[][];
  readonly unserved: readonly number[][];
  readonly tasks: readonly number[][];
}

/** Balances a bus in a slot: machines in their order, then loads go without, then supplies are curtailed. */
const serve = (site: SiteProblem, bus: string, slot: number, { used, level, unserved, tasks }: Rows): void => {
  const on = ({ bus: own = POWER }: { readonly bus?: string }): boolean => own === bus;
  let missing = 0;
  for (const load of site.loads) if (on(load)) missing += valueAt(load.power_kw, slot);
  for (const [at, task] of site.tasks.entries()) if (on(task)) missing += tasks[at]?.[slot] ?? 0;
  for (const [at, supply] of site.supplies.entries()) if (on(supply)) missing -= used[at]?.[slot] ?? 0;
  for (const [at, unit] of site.units.entries()) {
    for (const { bus: from, per_kw } of unit.inputs) if (from === bus) missing += per_kw * (level[at]?.[slot] ?? 0);
  }
  for (const [at, unit] of site.units.entries()) {
    const per = unit.outputs.find((output) => output.bus === bus)?.per_kw ?? 0;
    const kws = level[at];
    if (per <= 0 || !kws || missing <= 0) continue;
    const kw = Math.min(valueAt(unit.capacity_kw, slot) - (kws[slot] ?? 0), missing / per);
    kws[slot] = (kws[slot] ?? 0) + kw;
    missing -= kw * per;
  }
  for (const [at, load] of [...site.loads.entries()].reverse()) {
    const kws = unserved[at];
    if (!on(load) || !kws || missing <= 0) continue;
    kws[slot] = Math.min(missing, valueAt(load.power_kw, slot));
    missing -= kws[slot];
  }
  for (const [at, supply] of site.supplies.entries()) {
    const kws = used[at];
    if (!on(supply) || !kws || missing >= 0) continue;
    const less = Math.min(-missing, kws[slot] ?? 0);
    kws[slot] = (kws[slot] ?? 0) - less;
    missing += less;
  }
};
