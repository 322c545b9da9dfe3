import type { EnergyPlan, ShadowPrice, SitePlan } from '../plan.js';
import { type EnergyProblem, valueAt } from '../problem.js';
import { assembleSite } from './assemble-site.js';
import { costOf } from './cost.js';
import type { SiteDecisions } from './decisions.js';
import type { ReserveShortage } from './read-values.js';
import { listSetpoints } from './setpoints.js';
import { listViolations } from './violations.js';
import { undecided } from './without-plan.js';

/** The plan that decisions come to, in the order of the problem's sites. */
export const assemblePlan = (
  problem: EnergyProblem,
  decisions: readonly SiteDecisions[],
  shadowPrices: readonly ShadowPrice[] = [],
  shortages: readonly ReserveShortage[] = [],
): EnergyPlan => {
  const of = (from: readonly SiteDecisions[]) => {
    const sites = problem.sites.map((site, at) => assembleSite(problem, site, from[at] ?? undecided(problem, site)));
    const feeders = feedersOf(problem, sites);
    return { sites, feeders, ...costOf(problem, sites, feeders) };
  };
  const { sites, feeders, cost, carbon_kg } = of(decisions);
  return {
    grid: problem.grid,
    sites,
    feeders,
    setpoints: listSetpoints(problem.grid, problem.sites, sites),
    violations: listViolations(problem, sites, feeders, shortages),
    shadow_prices: shadowPrices,
    cost: { ...cost, without_plan: of([]).cost.total },
    carbon_kg,
  };
};

/** Nobody decides anything. What a plan is measured against. */
export const withoutPlan = (problem: EnergyProblem): EnergyPlan => assemblePlan(problem, []);

const feedersOf = (problem: EnergyProblem, sites: readonly SitePlan[]): EnergyPlan['feeders'] => {
  const parents = new Map(problem.feeders.map(({ feeder, parent }) => [feeder, parent]));
  const loads = new Map(problem.feeders.map(({ feeder }) => [feeder, new Array<number>(problem.grid.count).fill(0)]));
  for (const [at, { connections }] of problem.sites.entries()) {
    for (const [index, { feeder }] of connections.entries()) {
      const net = sites[at]?.connections[index]?.net_kw ?? [];
      for (let above: string | undefined = feeder; above !== undefined; above = parents.get(above)) {
        const row = loads.get(above);
        net.forEach((kw, slot) => row && (row[slot] = (row[slot] ?? 0) + kw));
      }
    }
  }
  return problem.feeders.map(({ feeder, limit_kw }) => ({
    feeder,
    limit_kw: Array.from({ length: problem.grid.count }, (_, slot) => valueAt(limit_kw, slot)),
    load_kw: loads.get(feeder) ?? [],
  }));
};
