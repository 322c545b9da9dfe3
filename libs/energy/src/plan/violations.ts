import { tierOfLoad } from '../model/add-loads.js';
import type { EnergyPlan, EnergyViolation, SitePlan } from '../plan.js';
import { TIERS } from '../model/tiers.js';
import { type EnergyProblem, type SiteProblem, type Unit, valueAt } from '../problem.js';
import { leftKwh } from '../model/due-task.js';
import { listReserve } from './reserve-violations.js';
import { sayRelief } from './relief.js';
import { listRuns, type Run } from './runs.js';

/** Every limit that does not hold, as runs of slots, the first tier first. */
export const listViolations = (
  problem: EnergyProblem,
  sites: readonly SitePlan[],
  feeders: EnergyPlan['feeders'],
): readonly EnergyViolation[] =>
  [...listAll(problem, sites, feeders), ...listReserve(problem, sites)]
    .map((run) => ({ ...run, relief: sayRelief(problem, run) }))
    .toSorted((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier));

const listAll = (
  problem: EnergyProblem,
  sites: readonly SitePlan[],
  feeders: EnergyPlan['feeders'],
): readonly Run[] => [
  ...problem.sites.flatMap((site, at) => listUnserved(problem, site, sites[at])),
  ...feeders.flatMap(({ feeder, limit_kw, load_kw }) =>
    listRuns(
      problem,
      { limit: 'feeder_limit', tier: 'feeder', at: feeder },
      load_kw.map((load, slot) => Math.abs(load) - (limit_kw[slot] ?? 0)),
    ),
  ),
  ...problem.sites.flatMap((site, at) => listContracts(problem, site, sites[at])),
  ...problem.sites.flatMap((site, at) => listComforts(problem, site, sites[at])),
];

const listUnserved = (problem: EnergyProblem, site: SiteProblem, plan: SitePlan | undefined): readonly Run[] =>
  site.loads.flatMap((load, at) => {
    if (load.shed_cost_per_kwh !== undefined) return [];
    return listRuns(
      problem,
      { limit: 'unserved', tier: tierOfLoad(load), at: `${site.site} ${load.load}` },
      plan?.loads[at]?.unserved_kw ?? [],
    );
  });

const listContracts = (problem: EnergyProblem, site: SiteProblem, plan: SitePlan | undefined): readonly Run[] =>
  site.connections.flatMap(({ connection, import_limit_kw, export_limit_kw }, at) => {
    const net = plan?.connections[at]?.net_kw ?? [];
    const over = (direction: 1 | -1, limit: typeof import_limit_kw): number[] =>
      net.map((kw, slot) => direction * kw - valueAt(limit, slot));
    const of = { tier: 'contract', at: connection } as const;
    return [
      ...listRuns(problem, { ...of, limit: 'import_limit' }, over(1, import_limit_kw)),
      ...listRuns(problem, { ...of, limit: 'export_limit' }, over(-1, export_limit_kw)),
    ];
  });

const listComforts = (problem: EnergyProblem, site: SiteProblem, plan: SitePlan | undefined): readonly Run[] => [
  ...site.stores.flatMap((store, at) => {
    const name = `${site.site} ${store.store}`;
    const soc = plan?.stores[at]?.soc_ratio ?? [];
    const { capacity_kwh, soc_min_ratio, soc_max_ratio, targets = [] } = store;
    const outside = soc.map(
      (ratio, slot) =>
        Math.max(valueAt(soc_min_ratio, slot) - ratio, ratio - valueAt(soc_max_ratio, slot)) * capacity_kwh,
    );
    const missed = soc.map((ratio, slot) =>
      Math.max(
        0,
        ...targets.filter((target) => target.slot === slot).map((target) => (target.soc_ratio - ratio) * capacity_kwh),
      ),
    );
    const of = { tier: 'comfort', at: name } as const;
    return [
      ...listRuns(problem, { ...of, limit: 'soc_band' }, outside),
      ...listRuns(problem, { ...of, limit: 'soc_target' }, missed),
    ];
  }),
  ...site.tasks.flatMap((one, at) => {
    const { task, until_slot } = one;
    const left = new Array<number>(problem.grid.count).fill(0);
    left[Math.min(problem.grid.count, until_slot) - 1] = leftKwh(one, problem.grid, plan?.tasks[at]?.power_kw ?? []);
    return listRuns(problem, { tier: 'comfort', limit: 'task', at: `${site.site} ${task}` }, left);
  }),
  ...site.units.flatMap((unit, at) =>
    listRuns(
      problem,
      { tier: 'comfort', limit: 'min_up', at: `${site.site} ${unit.unit}` },
      missedOf(unit, plan?.units[at]?.on ?? []),
    ),
  ),
];

/** 1 in slots in which a unit is off that should still be on. */
const missedOf = ({ commitment }: Unit, on: readonly boolean[]): readonly number[] => {
  if (!commitment) return [];
  let due = commitment.on ? commitment.min_up_slots - commitment.slots_so : 0;
  let before = commitment.on;
  return on.map((now, slot) => {
    if (now && !before) due = slot + commitment.min_up_slots;
    before = now;
    return !now && slot < due ? 1 : 0;
  });
};
