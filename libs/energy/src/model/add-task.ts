import type { Task } from '../problem.js';
import type { Columns, EnergyModel } from './energy-model.js';

/** kWh of a task that are left are so many more than nothing. */
const LEAST_KWH = 1e-6;

/** Power of a task by slot. What of it is not done within its window is a violation. */
export const addTask = (model: EnergyModel, site: string, task: Task): Columns => {
  const { slots, hours } = model;
  const { bus, energy_kwh, power_kw } = task;
  const name = `${site} ${task.task}`;
  const [from, until] = [Math.max(0, task.from_slot), Math.min(slots, task.until_slot)];
  const power = model.addColumns(`task ${name}`, (slot) =>
    slot >= from && slot < until ? { upper: power_kw } : undefined,
  );
  for (let slot = from; slot < until; slot += 1) model.feed(site, bus, slot, power[slot], -1);
  const done = model.addRow(`done ${name}`, { equal: energy_kwh });
  for (let slot = from; slot < until; slot += 1) model.addEntry(done, power[slot], hours);
  const at = Math.max(0, until - 1);
  model.addEntry(
    done,
    model.addViolation({ tier: 'comfort', limit: 'task', at: name, slot: at, weight: 1 }, { upper: energy_kwh }),
    1,
  );
  if (!task.interruptible && energy_kwh > LEAST_KWH) addOneRun(model, name, task, power, from, until);
  return power;
};

/** It starts once, or not at all, and then runs to its end. */
const addOneRun = (model: EnergyModel, name: string, task: Task, power: Columns, from: number, until: number): void => {
  const length = Math.ceil(task.energy_kwh / (task.power_kw * model.hours) - LEAST_KWH);
  const level = task.energy_kwh / (length * model.hours);
  const starts = model.addColumns(`starts ${name}`, (slot) =>
    slot >= from && slot + length <= until ? { integer: true, upper: 1 } : undefined,
  );
  const once = model.addRow(`once ${name}`, { upper: 1 });
  for (let slot = from; slot < until; slot += 1) {
    model.addEntry(once, starts[slot], 1);
    const runs = model.addRow(`runs ${name}`, { equal: 0 }, slot);
    model.addEntry(runs, power[slot], 1);
    for (let at = Math.max(from, slot - length + 1); at <= slot; at += 1) model.addEntry(runs, starts[at], -level);
  }
};
