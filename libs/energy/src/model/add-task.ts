import type { Task } from '../problem.js';
import { dueKwh, runOf } from './due-task.js';
import type { Columns, EnergyModel } from './energy-model.js';

/** Power of a task by slot. What of it is due within the horizon and not done is a violation. */
export const addTask = (model: EnergyModel, site: string, task: Task): Columns => {
  const { slots, hours } = model;
  const { bus, energy_kwh, power_kw } = task;
  const name = `${site} ${task.task}`;
  const [from, until] = [Math.max(0, task.from_slot), Math.min(slots, task.until_slot)];
  const power = model.addColumns(`task ${name}`, (slot) =>
    slot >= from && slot < until ? { upper: power_kw } : undefined,
  );
  for (let slot = from; slot < until; slot += 1) model.feed(site, bus, slot, power[slot], -1);
  const due = dueKwh(task, model.problem.grid);
  const done = model.addRow(`done ${name}`, { lower: due, upper: energy_kwh });
  for (let slot = from; slot < until; slot += 1) model.addEntry(done, power[slot], hours);
  const at = Math.max(0, until - 1);
  model.addEntry(
    done,
    model.addViolation({ tier: 'comfort', limit: 'task', at: name, slot: at, weight: 1 }, { upper: due }),
    1,
  );
  if (!task.interruptible && runOf(task, hours).slots > 0) addOneRun(model, name, task, power, from, until);
  return power;
};

/** It starts once, or not at all, and then runs to its end, which may lie after the horizon. */
const addOneRun = (model: EnergyModel, name: string, task: Task, power: Columns, from: number, until: number): void => {
  const { slots: length, kw } = runOf(task, model.hours);
  const starts = model.addColumns(`starts ${name}`, (slot) =>
    slot >= from && slot < until && slot + length <= task.until_slot ? { integer: true, upper: 1 } : undefined,
  );
  const once = model.addRow(`once ${name}`, { upper: 1 });
  for (let slot = from; slot < until; slot += 1) {
    model.addEntry(once, starts[slot], 1);
    const runs = model.addRow(`runs ${name}`, { equal: 0 }, slot);
    model.addEntry(runs, power[slot], 1);
    for (let at = Math.max(from, slot - length + 1); at <= slot; at += 1) model.addEntry(runs, starts[at], -kw);
  }
};
