import { costOf } from './cost.js';
import type { EnergyPlan, SitePlan } from './plan.js';
import type { EnergyProblem } from './problem.js';
import { listSetpoints } from './setpoints.js';
import { simulateSite, type SiteDecisions } from './simulate.js';
import { listViolations } from './violations.js';

const IDLE: SiteDecisions = { battery_kw: [], curtailed_kw: [] };

/** The plan that decisions come to, in the order of the problem's sites. A site without decisions stays idle. */
export const assemblePlan = (problem: EnergyProblem, decisions: readonly SiteDecisions[]): EnergyPlan => {
  const simulate = (from: readonly SiteDecisions[]): readonly SitePlan[] =>
    problem.sites.map((site, at) => simulateSite(problem, site, from[at] ?? IDLE));
  const sites = simulate(decisions);
  const feeders = problem.feeders.map(({ feeder, limit_kw }) => ({
    feeder,
    limit_kw,
    load_kw: loadOf(problem, sites, feeder),
  }));
  const { cost, carbon_kg } = costOf(problem, sites);
  return {
    grid: problem.grid,
    sites,
    feeders,
    setpoints: listSetpoints(problem.grid, problem.sites, sites),
    violations: listViolations(problem, sites, feeders),
    cost: { ...cost, without_plan: costOf(problem, simulate([])).cost.total },
    carbon_kg,
  };
};

/** Nobody decides anything: batteries idle, nothing curtailed, broken limits listed. */
export const withoutPlan = (problem: EnergyProblem): EnergyPlan => assemblePlan(problem, []);

const loadOf = (problem: EnergyProblem, plans: readonly SitePlan[], feeder: string): readonly number[] => {
  const fed = plans.filter((_, at) => problem.sites[at]?.feeder === feeder);
  return Array.from({ length: problem.grid.count }, (_, slot) =>
    fed.reduce((sum, plan) => sum + (plan.import_kw[slot] ?? 0) - (plan.export_kw[slot] ?? 0), 0),
  );
};
