import { slotDuration } from '#libs/kernel';
import { isSupplied } from '../model/add-meters.js';
import { runOf } from '../model/due-task.js';
import { mayClose } from '../model/may-close.js';
import type { EnergyProblem, SiteProblem, Task } from '../problem.js';
import type { SiteDecisions } from './decisions.js';
import { Machine } from './machine.js';
import { SlotBalance } from './slot-balance.js';

/**
 * What happens when nobody decides anything: stores idle, all supplies used, nothing shed, tasks run as soon as they may and there is power, machines make heat and cold as they are asked for, in
 * their order. Machines that make electricity start only where no connection is alive: then supplies serve what they can and machines the rest, and what is left goes dark.
 */
export const undecided = (problem: EnergyProblem, site: SiteProblem): SiteDecisions => {
  const { count } = problem.grid;
  const hours = slotDuration(problem.grid) / 3600;
  const row = (): number[] => new Array<number>(count).fill(0);
  const decided = {
    unserved_kw: site.loads.map(row),
    used_kw: site.supplies.map(row),
    level_kw: site.units.map(row),
    on: site.units.map(() => new Array<boolean>(count).fill(false)),
    task_kw: site.tasks.map((task) => runTask(site, task, count, hours)),
  };
  const machines = site.units.map((unit) => new Machine(unit, hours));
  for (let slot = 0; slot < count; slot += 1) {
    const now = new SlotBalance(
      site,
      slot,
      machines,
      decided.task_kw.map((kws) => kws[slot] ?? 0),
    );
    now.settle();
    for (const [at, kws] of decided.unserved_kw.entries()) kws[slot] = now.unserved[at] ?? 0;
    for (const [at, kws] of decided.used_kw.entries()) kws[slot] = now.used[at] ?? 0;
    for (const [at, kws] of decided.task_kw.entries()) kws[slot] = now.tasks[at] ?? 0;
    for (const [at, machine] of machines.entries()) {
      const [levels, on] = [decided.level_kw[at], decided.on[at]];
      if (levels) levels[slot] = machine.level;
      if (on) on[slot] = machine.isOn;
      machine.goOn();
    }
  }
  const closed = closeSwitches(site, count);
  return { ...decided, net_kw: site.connections.map(row), store_kw: site.stores.map(row), closed };
};

/** Each switch is where people hold it, else stays as it is while that is alive; else it closes the first that is alive and that no interlock bars. By switch and slot, as in `SiteDecisions`. */
const closeSwitches = (site: SiteProblem, count: number): number[][] => {
  const { switches = [], interlocks = [] } = site;
  const now: (string | undefined)[] = switches.map(({ closed }) => closed);
  const isBarred = (name: string): boolean =>
    interlocks.some(
      (one) => one.connections.includes(name) && now.some((other) => one.connections.includes(other ?? '')),
    );
  const closed = switches.map((): number[] => []);
  for (let slot = 0; slot < count; slot += 1) {
    for (const [at, { held }] of switches.entries()) {
      const name = held?.[slot] ?? now[at];
      now[at] = name !== undefined && mayClose(site, name, slot) ? name : undefined;
    }
    for (const [at, one] of switches.entries()) {
      now[at] ??= one.connections.find((name) => mayClose(site, name, slot) && !isBarred(name));
      closed[at]?.push(one.connections.indexOf(now[at] ?? ''));
    }
  }
  return closed;
};

/** As soon as it may, in slots with a connection; without a pause where it takes none, and then only if it can be finished, as far as the horizon shows. */
const runTask = (site: SiteProblem, task: Task, count: number, hours: number): number[] => {
  const { energy_kwh, power_kw, from_slot, until_slot, interruptible } = task;
  const open = Array.from(
    { length: count },
    (_, slot) => slot >= from_slot && slot < until_slot && isSupplied(site, slot),
  );
  if (interruptible) {
    let left = energy_kwh;
    return open.map((may) => {
      const kw = may ? Math.min(power_kw, left / hours) : 0;
      left -= kw * hours;
      return kw;
    });
  }
  const { slots: length, kw } = runOf(task, hours);
  const start = open.findIndex(
    (_, slot) => slot + length <= until_slot && open.slice(slot, slot + length).every(Boolean),
  );
  const runs = (slot: number): boolean => start >= 0 && slot >= start && slot < start + length;
  return open.map((_, slot) => (runs(slot) ? kw : 0));
};
