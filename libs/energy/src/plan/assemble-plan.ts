import { slotDuration } from '#libs/kernel';
import type { EnergyPlan, FlowPlan, ShadowPrice, SitePlan } from '../plan.js';
import type { EnergyProblem } from '../problem.js';
import { feederLimit } from '../transformer/feeder-rating.js';
import { simulateHotSpot } from '../transformer/hot-spot.js';
import { heatLimits, loadRatios } from '../transformer/overload.js';
import { assembleSite } from './assemble-site.js';
import { costOf } from './cost.js';
import type { SiteDecisions } from './decisions.js';
import { listSetpoints } from './setpoints.js';
import { listViolations } from './violations.js';
import { undecided } from './without-plan.js';

/** What decisions come to, in the order of the problem's sites: what flows, what assets are told for it, and which limits do not hold. */
export const assembleFlows = (problem: EnergyProblem, decisions: readonly SiteDecisions[]): FlowPlan => {
  const { sites, feeders } = flowsOf(problem, decisions);
  return {
    grid: problem.grid,
    sites,
    feeders,
    setpoints: listSetpoints(problem.grid, problem.sites, sites),
    violations: listViolations(problem, sites, feeders),
  };
};

/** The whole plan that decisions come to. */
export const assemblePlan = (
  problem: EnergyProblem,
  decisions: readonly SiteDecisions[],
  shadowPrices: readonly ShadowPrice[] = [],
): EnergyPlan => {
  const flows = assembleFlows(problem, decisions);
  const idle = flowsOf(problem, []);
  const { cost, carbon_kg } = costOf(problem, flows.sites, flows.feeders);
  return {
    ...flows,
    shadow_prices: shadowPrices,
    cost: { ...cost, without_plan: costOf(problem, idle.sites, idle.feeders).cost.total },
    carbon_kg,
  };
};

const flowsOf = (
  problem: EnergyProblem,
  decisions: readonly SiteDecisions[],
): Pick<EnergyPlan, 'sites' | 'feeders'> => {
  const sites = problem.sites.map((site, at) => assembleSite(problem, site, decisions[at] ?? undecided(problem, site)));
  return { sites, feeders: feedersOf(problem, sites) };
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
  const hours = slotDuration(problem.grid) / 3600;
  return problem.feeders.map((one) => {
    const { feeder, transformer } = one;
    const load_kw = loads.get(feeder) ?? [];
    if (!transformer) return { feeder, limit_kw: load_kw.map((_, slot) => feederLimit(problem, one, slot)), load_kw };
    const ratios = loadRatios(problem, one, load_kw);
    const most = heatLimits(transformer, ratios, hours);
    const limit_kw = load_kw.map((_, slot) => feederLimit(problem, one, slot, most[slot]));
    const { celsius, ageing } = simulateHotSpot(transformer, ratios, hours);
    return { feeder, limit_kw, load_kw, hot_spot_c: celsius, life_hours: ageing };
  });
};

/** Loads of transformers in a plan, as ratios of their ratings. */
export const transformerLoads = (
  problem: EnergyProblem,
  { feeders }: Pick<EnergyPlan, 'feeders'>,
): ReadonlyMap<string, readonly number[]> =>
  new Map(
    problem.feeders.flatMap((one, at) =>
      one.transformer ? [[one.feeder, loadRatios(problem, one, feeders[at]?.load_kw ?? [])] as const] : [],
    ),
  );
