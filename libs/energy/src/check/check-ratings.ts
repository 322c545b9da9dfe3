import { type EnergyProblem, type Feeder, valueAt } from '../problem.js';
import { carriedBy } from './check-meters.js';
import { type Reading, sum, TOLERANCE, valueOf } from './reading.js';

/** IEC 60076-7:2005, tables 4 and 5, distribution transformers: time constants in hours, and what normal cyclic loading allows. */
const [OIL_HOURS, WINDING_HOURS] = [3, 8 / 60];
const [MOST_LOAD, MOST_CELSIUS] = [1.5, 120];
/** Hotter than allowed by less than this is met, and so much hotter at a slot's end than at its begin is made so by its load, K. */
const [CLOSE_CELSIUS, HEATED_CELSIUS] = [0.5, 0.1];

/** The most that a feeder's ratings allow in a slot, kW, with its transformer at so many times its rating. */
export const ratedKw = (
  problem: EnergyProblem,
  { feeder, limit_kw, limit_kva, transformer }: Feeder,
  slot: number,
  load: number,
) => {
  const kva = Math.min(
    limit_kva === undefined ? Infinity : valueAt(limit_kva, slot),
    transformer ? load * transformer.rated_kva : Infinity,
  );
  const limit = valueAt(limit_kw, slot);
  if (kva === Infinity) return limit;
  const { kvar, unevenKw } = reactive(problem, feeder, slot);
  const active = Math.sqrt(Math.abs(kva * kva - kvar * kvar));
  return Math.min(limit, (kva < kvar ? -active : active) - unevenKw);
};

/** Of loads whose site's first live connection is fed by it: kvar, and what the fullest phase takes from three times the even one. */
const reactive = (problem: EnergyProblem, feeder: string, slot: number) => {
  let kvar = 0;
  const phases = new Map<number, number>();
  for (const { connections, loads } of problem.sites) {
    const live = connections.find((one) => valueAt(one.available ?? 1, slot) > 0);
    if (!live || !hangsOn(problem, live.feeder, feeder)) continue;
    for (const { bus = 'power', power_kw, power_factor = 1, phase } of loads) {
      if (bus !== 'power') continue;
      kvar += valueAt(power_kw, slot) * Math.tan(Math.acos(power_factor));
      if (phase) phases.set(phase, (phases.get(phase) ?? 0) + valueAt(power_kw, slot));
    }
  }
  const kws = [...phases.values()];
  return { kvar, unevenKw: 3 * Math.max(0, ...kws) - sum(kws) };
};

const hangsOn = (problem: EnergyProblem, from: string, feeder: string): boolean => {
  if (from === feeder) return true;
  const parent = problem.feeders.find((one) => one.feeder === from)?.parent;
  return parent !== undefined && hangsOn(problem, parent, feeder);
};

/** A limit in the plan is what ratings allow; of a transformer it lies under 1.5 times its rating, its hot spot is what its load makes of it, and too hot only where the limit is listed. */
export const checkRatings = (reading: Reading): void => {
  const { problem, plan, slots, report } = reading;
  for (const [at, feeder] of problem.feeders.entries()) {
    for (const slot of slots) {
      const given = valueOf(plan.feeders[at]?.limit_kw, slot);
      const most = ratedKw(problem, feeder, slot, feeder.transformer ? MOST_LOAD : 1);
      const holds = feeder.transformer ? given <= most + TOLERANCE : Math.abs(given - most) <= TOLERANCE;
      report(holds, `${feeder.feeder}, slot ${slot}: its limit is ${given} kW, its ratings allow ${most} kW.`);
    }
    if (feeder.transformer) checkHeat(reading, feeder, feeder.transformer, at);
  }
};

const checkHeat = (
  { problem, plan, slots, hours, report }: Reading,
  { feeder }: Feeder,
  { rated_kva, ambient_c, load_before = 0 }: NonNullable<Feeder['transformer']>,
  at: number,
): void => {
  const steady = (load: number): readonly [oil: number, winding: number] => [
    55 * ((1 + 5 * load * load) / 6) ** 0.8,
    23 * load ** 1.6,
  ];
  let [oil, winding] = steady(load_before);
  for (const slot of slots) {
    const { kvar, unevenKw } = reactive(problem, feeder, slot);
    const kw = Math.abs(carriedBy(feeder, problem, plan, slot)) + unevenKw;
    const [oilEnd, windingEnd] = steady(Math.sqrt(kw * kw + kvar * kvar) / rated_kva);
    const ambient = valueAt(ambient_c, slot);
    const before = ambient + oil + winding;
    oil = oilEnd + (oil - oilEnd) * Math.exp(-hours / OIL_HOURS);
    winding = windingEnd + (winding - windingEnd) * Math.exp(-hours / WINDING_HOURS);
    const hottest = Math.max(before, ambient + oil + winding);
    const said = valueOf(plan.feeders[at]?.hot_spot_c, slot);
    // In between it may be hotter than at both ends: the winding is quick, the oil is slow.
    report(said >= hottest - TOLERANCE, `${feeder}, slot ${slot}: its hot spot is ${said} °C, not ${hottest} °C.`);
    const start = problem.grid.start + slot * problem.grid.slotMs;
    const isListed = plan.violations.some(
      (one) => one.limit === 'feeder_limit' && one.at === feeder && one.from_ms <= start && start < one.until_ms,
    );
    const isCaused = ambient + oil + winding > before + HEATED_CELSIUS;
    report(
      !isCaused || hottest <= MOST_CELSIUS + CLOSE_CELSIUS + TOLERANCE || isListed,
      `${feeder}, slot ${slot}: its hot spot is ${hottest} °C, and its limit is not listed.`,
    );
  }
};
