import { slotDuration, slotInterval } from '#libs/kernel';
import { TIERS } from '../model/tiers.js';
import type { EnergyPlan, EnergyViolation } from '../plan.js';
import { isHot } from '../plan/relief.js';
import type { EnergyProblem, SiteProblem, Tariff } from '../problem.js';
import { feederLimit } from '../transformer/feeder-rating.js';
import { heatLimits, loadRatios } from '../transformer/overload.js';

/** What is found is at most so much more than the least, as a share of it. */
const NEAR = 0.05;
/** The broken limits of a plan may differ by so much from another's, kWh in a tier. */
const SAME_KWH = 1e-3;
/** kW, and as a share of what is near: less is arithmetic. */
const CLOSE = 1e-4;

/** The violations of the best plan of a problem; undefined where there is no time for it. */
export type Replan = (problem: EnergyProblem) => Promise<readonly EnergyViolation[] | undefined>;

/**
 * Of each violation of a transformer's limit, the least power that would have to be gone behind it in all that time, so that it holds and no tier of limits is broken further, kW: from what would be
 * enough if nothing else changed down by bisection, a plan each, since what it may carry follows from what it carried before. What it is over by says little: once it is too hot, its limit is what makes it no hotter.
 * Undefined where there was no time.
 */
export const findLessBehind = async (
  problem: EnergyProblem,
  { violations, feeders }: Pick<EnergyPlan, 'violations' | 'feeders'>,
  replan: Replan,
): Promise<readonly (number | undefined)[]> => {
  const found: (number | undefined)[] = [];
  for (const one of violations) {
    const load = feeders.find(({ feeder }) => feeder === one.at)?.load_kw ?? [];
    found.push(isHot(problem, one) ? await bisect(problem, one, violations, load, replan) : undefined);
  }
  return found;
};

const bisect = async (
  problem: EnergyProblem,
  violation: EnergyViolation,
  before: readonly EnergyViolation[],
  load: readonly number[],
  replan: Replan,
): Promise<number | undefined> => {
  const enough = enoughOf(problem, violation, load);
  if (enough === undefined) return undefined;
  let [least, most]: [number, number | undefined] = [0, undefined];
  for (let next = enough; ; next = most === enough ? (1 - NEAR) * enough : (least + most) / 2) {
    const after = await replan(withLess(problem, violation, load, next));
    if (!after) return undefined;
    if (isCleared(violation, before, after)) most = next;
    else least = next;
    // Plans are not perfect: one that a round of lower caps has spoilt says nothing.
    if (most === undefined) return undefined;
    if (most - least <= NEAR * most * (1 + CLOSE)) return most;
  }
};

/** What would be enough if all flows stayed as they are, by the heat alone; undefined where even all that is carried is not. */
const enoughOf = (problem: EnergyProblem, violation: EnergyViolation, load: readonly number[]): number | undefined => {
  const one = problem.feeders.find(({ feeder }) => feeder === violation.at);
  const { transformer } = one ?? {};
  if (!one || !transformer) return undefined;
  const hours = slotDuration(problem.grid) / 3600;
  const holds = (kw: number): boolean => {
    const less = lessOf(problem, violation, load, kw);
    const left = load.map((carried, slot) => carried - (less[slot] ?? 0));
    const most = heatLimits(transformer, loadRatios(problem, one, left), hours);
    return left.every(
      (carried, slot) => less[slot] === 0 || Math.abs(carried) <= feederLimit(problem, one, slot, most[slot]) + CLOSE,
    );
  };
  let [low, high] = [0, Math.max(...load.map(Math.abs))];
  if (!holds(high)) return undefined;
  while (high - low > CLOSE) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};

const isCleared = (
  { limit, at, from_ms, until_ms }: EnergyViolation,
  before: readonly EnergyViolation[],
  after: readonly EnergyViolation[],
): boolean => {
  const stands = after.some(
    (one) => one.limit === limit && one.at === at && one.from_ms < until_ms && from_ms < one.until_ms,
  );
  const kwhOf = (all: readonly EnergyViolation[], of: string): number =>
    all.reduce((sum, { tier, kwh }) => (tier === of ? sum + kwh : sum), 0);
  return !stands && TIERS.every((tier) => kwhOf(after, tier) <= kwhOf(before, tier) + SAME_KWH);
};

const FREE: Tariff = { import_price_per_kwh: 0, export_price_per_kwh: 0, carbon_kg_per_kwh: 0 };

/** The same with a site more behind the feeder, which gives so much in the violation's time, or takes it where the feeder carries more than it may outward. */
const withLess = (
  problem: EnergyProblem,
  violation: EnergyViolation,
  load: readonly number[],
  kw: number,
): EnergyProblem => {
  const { at } = violation;
  const power = lessOf(problem, violation, load, kw);
  const name = `less behind ${at}`;
  const terms = { feeder: at, import_limit_kw: kw, export_limit_kw: kw, tariff: FREE };
  const site: SiteProblem = {
    site: name,
    connections: [{ connection: name, ...terms }],
    loads: [{ load: 'more', tier: 'normal', power_kw: power.map((one) => Math.max(0, -one)), shed_cost_per_kwh: 0 }],
    supplies: [{ supply: 'less', available_kw: power.map((one) => Math.max(0, one)) }],
    ...{ stores: [], units: [], tasks: [] },
  };
  return { ...problem, sites: [...problem.sites, site] };
};

/** By slot, what goes in the violation's time: less of what the feeder carries, in its direction. */
const lessOf = (
  { grid }: EnergyProblem,
  { from_ms, until_ms }: EnergyViolation,
  load: readonly number[],
  kw: number,
): readonly number[] =>
  load.map((carried, slot) => {
    const { start } = slotInterval(grid, slot);
    return from_ms <= start && start < until_ms ? Math.sign(carried) * kw : 0;
  });
