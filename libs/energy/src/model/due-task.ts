import { slotDuration, type SlotGrid } from '#libs/kernel';
import type { Task } from '../problem.js';

/** kWh of a task that are left are so many more than nothing. */
const LEAST_KWH = 1e-6;

/** Slots that a task takes without a pause, and its even power in them. */
export const runOf = (
  { energy_kwh, power_kw }: Task,
  hours: number,
): { readonly slots: number; readonly kw: number } => {
  const slots = Math.max(0, Math.ceil(energy_kwh / (power_kw * hours) - LEAST_KWH));
  return { slots, kw: slots === 0 ? 0 : energy_kwh / (slots * hours) };
};

/** What of a task is due within the horizon: all, if its window ends there; else its share by time, or what there is no time for afterwards. Of one without a pause, what its latest run has by then. */
export const dueKwh = (task: Task, grid: SlotGrid): number => {
  const { energy_kwh, power_kw, from_slot, until_slot, interruptible } = task;
  const hours = slotDuration(grid) / 3600;
  const after = until_slot - grid.count;
  if (after <= 0) return energy_kwh;
  if (!interruptible) {
    const { slots, kw } = runOf(task, hours);
    return Math.max(0, slots - after) * kw * hours;
  }
  const window = until_slot - Math.max(0, from_slot);
  return Math.max((energy_kwh * (window - after)) / window, energy_kwh - after * power_kw * hours);
};

/** kWh that a plan leaves of what is due. A run that breaks off leaves all that it has not done. */
export const leftKwh = (task: Task, grid: SlotGrid, power: readonly number[]): number => {
  const done = power.reduce((sum, kw) => sum + kw, 0) * (slotDuration(grid) / 3600);
  const breaksOff = !task.interruptible && done > LEAST_KWH && (power.at(-1) ?? 0) === 0;
  return (breaksOff ? task.energy_kwh : dueKwh(task, grid)) - done;
};
