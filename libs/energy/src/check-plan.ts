import { checkBuses } from './check/check-buses.js';
import { checkCost } from './check/check-cost.js';
import { checkMeters } from './check/check-meters.js';
import { checkParts } from './check/check-parts.js';
import { checkRatings } from './check/check-ratings.js';
import { checkReserve } from './check/check-reserve.js';
import { checkSwitches } from './check/check-switches.js';
import { checkViolations } from './check/check-violations.js';
import { type Reading, readingOf } from './check/reading.js';
import type { EnergyPlan } from './plan.js';
import type { EnergyProblem } from './problem.js';

/**
 * What is wrong with a plan, worked out from the problem and the plan's series alone, not from the model: every bus balances, every part stays within what it can do, feeders carry what hangs on
 * them, every broken limit is listed and nothing else, and the cost is what the series come to. In sentences; empty when all is well.
 */
export const checkEnergyPlan = (problem: EnergyProblem, plan: EnergyPlan): readonly string[] => {
  const found: string[] = [];
  const reading = readingOf(problem, plan, found);
  checkShape(reading);
  // What is not there cannot be judged any further.
  if (found.length > 0) return found;
  for (const [at, site] of problem.sites.entries()) {
    const of = plan.sites[at];
    if (!of) continue;
    checkParts({ ...reading, site, of });
    checkBuses({ ...reading, site, of });
    checkSwitches({ ...reading, site, of });
  }
  checkMeters(reading);
  checkRatings(reading);
  checkViolations(reading);
  checkReserve(reading);
  checkCost(reading);
  return found;
};

/** Every part of the problem is in the plan, in its place, with a value a slot. */
const checkShape = ({ problem, plan, slots, report }: Reading): void => {
  const same = (what: string, wanted: readonly string[], given: readonly string[]): void =>
    report(wanted.join() === given.join(), `The plan has ${what} [${given.join(', ')}], not [${wanted.join(', ')}].`);
  const whole = (what: string, ...series: readonly (readonly unknown[])[]): void =>
    report(
      series.every(({ length }) => length === slots.length),
      `${what} has not one value a slot.`,
    );
  same(
    'sites',
    problem.sites.map(({ site }) => site),
    plan.sites.map(({ site }) => site),
  );
  same(
    'feeders',
    problem.feeders.map(({ feeder }) => feeder),
    plan.feeders.map(({ feeder }) => feeder),
  );
  for (const { feeder, limit_kw, load_kw } of plan.feeders) whole(feeder, limit_kw, load_kw);
  for (const [at, site] of problem.sites.entries()) {
    const of = plan.sites[at];
    if (!of) continue;
    const names = <K extends string>(parts: readonly Record<K, string>[], key: K): string[] =>
      parts.map((part) => part[key]);
    const where = site.site;
    same(`connections of ${where}`, names(site.connections, 'connection'), names(of.connections, 'connection'));
    same(`loads of ${where}`, names(site.loads, 'load'), names(of.loads, 'load'));
    same(`supplies of ${where}`, names(site.supplies, 'supply'), names(of.supplies, 'supply'));
    same(`stores of ${where}`, names(site.stores, 'store'), names(of.stores, 'store'));
    same(`units of ${where}`, names(site.units, 'unit'), names(of.units, 'unit'));
    same(`tasks of ${where}`, names(site.tasks, 'task'), names(of.tasks, 'task'));
    same(`switches of ${where}`, names(site.switches ?? [], 'switch'), names(of.switches, 'switch'));
    whole(where, of.load_kw, of.pv_kw, of.curtailed_kw, of.import_kw, of.export_kw, of.battery_kw, of.soc_ratio);
    whole(where, of.generated_kw, of.unserved_kw, ...of.connections.map(({ net_kw }) => net_kw));
    whole(where, ...of.loads.map(({ unserved_kw }) => unserved_kw), ...of.supplies.map(({ used_kw }) => used_kw));
    whole(where, ...of.stores.flatMap(({ power_kw, soc_ratio }) => [power_kw, soc_ratio]));
    whole(
      where,
      ...of.units.flatMap(({ level_kw, on }) => [level_kw, on]),
      ...of.tasks.map(({ power_kw }) => power_kw),
      ...of.switches.map(({ closed }) => closed),
    );
  }
};
