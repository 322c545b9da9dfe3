import { type SlotGrid, slotStart } from '#libs/kernel';
import type { EnergyPlan, EnergyViolation, SitePlan } from './plan.js';
import type { EnergyProblem, SiteProblem } from './problem.js';

/** Less than this is arithmetic, not a violation: kW, and for the band kWh. */
const LIMIT_TOLERANCE = 1e-3;

/** Every limit that does not hold, as runs of slots. */
export const listViolations = (
  problem: EnergyProblem,
  sites: readonly SitePlan[],
  feeders: EnergyPlan['feeders'],
): readonly EnergyViolation[] => [
  ...feeders.flatMap(({ feeder, limit_kw, load_kw }) =>
    listRuns(
      problem.grid,
      'feeder_limit',
      feeder,
      load_kw.map((load) => Math.abs(load) - limit_kw),
    ),
  ),
  ...problem.sites.flatMap((site, at) => {
    const plan = sites[at];
    return plan ? listSite(problem.grid, site, plan) : [];
  }),
];

const listSite = (grid: SlotGrid, site: SiteProblem, plan: SitePlan): readonly EnergyViolation[] => {
  const over = (values: readonly number[], limit: number): number[] => values.map((value) => value - limit);
  const { battery } = site;
  const outside = battery
    ? plan.soc_ratio.map(
        (soc) => Math.max(battery.soc_min_ratio - soc, soc - battery.soc_max_ratio) * battery.capacity_kwh,
      )
    : [];
  return [
    ...listRuns(grid, 'import_limit', site.site, over(plan.import_kw, site.import_limit_kw)),
    ...listRuns(grid, 'export_limit', site.site, over(plan.export_kw, site.export_limit_kw)),
    ...listRuns(grid, 'soc_band', site.site, outside),
  ];
};

/** Neighbouring slots with an excess become one violation with the worst of them. */
const listRuns = (
  grid: SlotGrid,
  limit: EnergyViolation['limit'],
  at: string,
  excess: readonly number[],
): readonly EnergyViolation[] => {
  const runs: EnergyViolation[] = [];
  excess.forEach((value, slot) => {
    if (value <= LIMIT_TOLERANCE) return;
    const [from, until] = [slotStart(grid, slot), slotStart(grid, slot + 1)];
    const last = runs.at(-1);
    if (last?.until_ms === from) {
      runs[runs.length - 1] = { ...last, until_ms: until, worst_kw: Math.max(last.worst_kw, value) };
    } else {
      runs.push({ limit, at, from_ms: from, until_ms: until, worst_kw: value });
    }
  });
  return runs;
};
