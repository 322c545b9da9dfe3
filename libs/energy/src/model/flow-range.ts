import { isPower, type SiteProblem, valueAt } from '../problem.js';

/** The least and the most that may flow through a meter in each slot, kW, positive while importing, however the plan is. Without end where that is not known. */
export interface FlowRange {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/**
 * What a site may draw. Nothing is known where power may go in through one connection and out through another, nor where there are stores or machines: their powers are not given yet where
 * sites are sized.
 */
export const flowRangeOf = (site: SiteProblem, slots: number): FlowRange => {
  const { connections, loads, supplies, stores, units, tasks } = site;
  const least = new Float64Array(slots).fill(-Infinity);
  const most = new Float64Array(slots).fill(Infinity);
  if (connections.length > 1 || stores.some(isPower) || units.length > 0) return { least, most };
  const [own, given, done] = [loads.filter(isPower), supplies.filter(isPower), tasks.filter(isPower)];
  for (let slot = 0; slot < slots; slot += 1) {
    let [low, high] = [0, 0];
    for (const { power_kw, shed_cost_per_kwh } of own) {
      const kw = valueAt(power_kw, slot);
      low += shed_cost_per_kwh === undefined ? kw : Math.min(0, kw);
      high += Math.max(0, kw);
    }
    for (const { available_kw } of given) low -= Math.max(0, valueAt(available_kw, slot));
    for (const { power_kw } of done) high += power_kw;
    least[slot] = low;
    most[slot] = high;
  }
  return { least, most };
};

/** Of several meters together. */
export const sumOfRanges = (ranges: readonly FlowRange[], slots: number): FlowRange => {
  const sum = { least: new Float64Array(slots), most: new Float64Array(slots) };
  for (const { least, most } of ranges) {
    for (let slot = 0; slot < slots; slot += 1) {
      sum.least[slot] = (sum.least[slot] ?? 0) + (least[slot] ?? 0);
      sum.most[slot] = (sum.most[slot] ?? 0) + (most[slot] ?? 0);
    }
  }
  return sum;
};
