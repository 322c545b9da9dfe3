import { type EnergyProblem, type Feeder, type Load, POWER, valueAt } from '../problem.js';

/** What loads leave of a feeder's rating for active power, in a slot. */
export interface LoadShape {
  /** Reactive power, kvar. */
  readonly kvar: number;
  /** How much more than a third of the single-phase loads the fullest phase carries, kW. */
  readonly skew: number;
}

/** Feeders that one hangs on, itself first. */
export const feedersAbove = ({ feeders }: Pick<EnergyProblem, 'feeders'>, feeder: string): readonly string[] => {
  const above: string[] = [];
  for (let at: string | undefined = feeder; at !== undefined && !above.includes(at);) {
    above.push(at);
    at = feeders.find((one) => one.feeder === at)?.parent;
  }
  return above;
};

/** Of the loads of all sites whose first live connection hangs on a feeder. Loads are known before the plan: so their reactive power and phases bound what it may add. */
export const loadShapeOf = (problem: EnergyProblem, feeder: string, slot: number): LoadShape => {
  const phases = [0, 0, 0];
  let kvar = 0;
  for (const { connections, loads } of problem.sites) {
    const first = connections.find(({ available = 1 }) => valueAt(available, slot) > 0);
    if (!first || !feedersAbove(problem, first.feeder).includes(feeder)) continue;
    for (const load of loads) {
      if ((load.bus ?? POWER) !== POWER) continue;
      const kw = valueAt(load.power_kw, slot);
      kvar += kw * tangent(load);
      if (load.phase) phases[load.phase - 1] = (phases[load.phase - 1] ?? 0) + kw;
    }
  }
  const third = phases.reduce((sum, kw) => sum + kw, 0) / 3;
  return { kvar, skew: Math.max(...phases) - third };
};

const tangent = ({ power_factor = 1 }: Load): number => Math.sqrt(1 - power_factor ** 2) / power_factor;

/** kW in three even phases that go through so many kVA beside the reactive power, with the fullest phase within its third; below zero where those two alone are too much, by so much. */
export const usableKw = (kva: number, { kvar, skew }: LoadShape): number => {
  const left = kva ** 2 - kvar ** 2;
  return Math.sign(left) * Math.sqrt(Math.abs(left)) - 3 * skew;
};

/** Limit of a feeder in a slot, kW, at so many times the rating of its transformer. Below zero: see `usableKw`. */
export const feederLimit = (problem: EnergyProblem, one: Feeder, slot: number, load = 1): number => {
  const { feeder, limit_kw, limit_kva, transformer } = one;
  const ratings = [
    ...(limit_kva === undefined ? [] : [valueAt(limit_kva, slot)]),
    ...(transformer ? [transformer.rated_kva * load] : []),
  ];
  const limit = valueAt(limit_kw, slot);
  if (ratings.length === 0) return limit;
  return Math.min(limit, usableKw(Math.min(...ratings), loadShapeOf(problem, feeder, slot)));
};
