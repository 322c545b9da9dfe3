import type { EnergyPlan, FlowPlan } from '../plan.js';
import type { EnergyProblem, Feeder, SiteProblem } from '../problem.js';
import { listSetpoints } from '../plan/setpoints.js';
import { TIERS } from '../model/tiers.js';

/** Sites times slots from which on parts are worth their own models. */
const WORTHWHILE = 1_000;

/**
 * A large linear problem in parts that share no feeder: what is planned in one changes nothing in another, and a model of half the size takes less than half the time. With machines or
 * switches it stays whole: they share out the time that there is.
 */
export const splitProblem = (problem: EnergyProblem): readonly EnergyProblem[] => {
  const { sites, feeders, grid } = problem;
  if (sites.length * grid.count < WORTHWHILE || sites.some(hasIntegers)) return [problem];
  const parents = new Map(feeders.map(({ feeder, parent }) => [feeder, parent]));
  const topOf = (feeder: string): string => {
    const parent = parents.get(feeder);
    return parent === undefined ? feeder : topOf(parent);
  };
  const groups: { readonly tops: Set<string>; readonly sites: SiteProblem[] }[] = [];
  for (const site of sites) {
    const tops = site.connections.map(({ feeder }) => topOf(feeder));
    const joined = groups.filter((group) => tops.some((top) => group.tops.has(top)));
    const [first = { tops: new Set<string>(), sites: [] }, ...others] = joined;
    if (joined.length === 0) groups.push(first);
    for (const other of others) {
      for (const top of other.tops) first.tops.add(top);
      first.sites.push(...other.sites);
      groups.splice(groups.indexOf(other), 1);
    }
    for (const top of tops) first.tops.add(top);
    first.sites.push(site);
  }
  const used = new Set(groups.flatMap(({ tops }) => [...tops]));
  const isOf = ({ feeder }: Feeder, tops: ReadonlySet<string>, at: number): boolean =>
    tops.has(topOf(feeder)) || (at === 0 && !used.has(topOf(feeder)));
  return groups.map(({ tops, sites: own }, at) => ({
    ...problem,
    feeders: feeders.filter((one) => isOf(one, tops, at)),
    sites: sites.filter((site) => own.includes(site)),
  }));
};

const hasIntegers = ({ units, switches = [], tasks }: SiteProblem): boolean =>
  switches.length > 0 ||
  units.some(({ commitment }) => commitment) ||
  tasks.some(({ interruptible }) => !interruptible);

/** The flows of parts as those of the whole. */
export const joinFlows = ({ grid, sites, feeders }: EnergyProblem, parts: readonly FlowPlan[]): FlowPlan => {
  const siteOf = new Map(parts.flatMap((part) => part.sites.map((site) => [site.site, site] as const)));
  const feederOf = new Map(parts.flatMap((part) => part.feeders.map((feeder) => [feeder.feeder, feeder] as const)));
  const planned = sites.flatMap(({ site }) => siteOf.get(site) ?? []);
  return {
    grid,
    sites: planned,
    feeders: feeders.flatMap(({ feeder }) => feederOf.get(feeder) ?? []),
    setpoints: listSetpoints(grid, sites, planned),
    violations: parts
      .flatMap(({ violations }) => violations)
      .toSorted((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier)),
  };
};

/** The plans of parts as one of the whole. */
export const joinPlans = (problem: EnergyProblem, parts: readonly EnergyPlan[]): EnergyPlan => {
  const { sites, feeders } = problem;
  const order = new Map(
    [
      ...feeders.map(({ feeder }) => feeder),
      ...sites.flatMap(({ connections }) => connections.map(({ connection }) => connection)),
    ].map((name, at) => [name, at]),
  );
  const sumOf = (value: (part: EnergyPlan) => number): number => parts.reduce((sum, part) => sum + value(part), 0);
  return {
    ...joinFlows(problem, parts),
    shadow_prices: parts
      .flatMap(({ shadow_prices }) => shadow_prices)
      .toSorted((a, b) => (order.get(a.at) ?? 0) - (order.get(b.at) ?? 0)),
    cost: {
      energy: sumOf(({ cost }) => cost.energy),
      capacity: sumOf(({ cost }) => cost.capacity),
      carbon: sumOf(({ cost }) => cost.carbon),
      wear: sumOf(({ cost }) => cost.wear),
      generation: sumOf(({ cost }) => cost.generation),
      shedding: sumOf(({ cost }) => cost.shedding),
      stored: sumOf(({ cost }) => cost.stored),
      total: sumOf(({ cost }) => cost.total),
      without_plan: sumOf(({ cost }) => cost.without_plan),
    },
    carbon_kg: sumOf(({ carbon_kg }) => carbon_kg),
  };
};
