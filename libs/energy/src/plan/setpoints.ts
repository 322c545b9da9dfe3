import { type SlotGrid, slotStart } from '#libs/kernel';
import type { Setpoint, SitePlan } from '../plan.js';
import { POWER, type SiteProblem, valueAt } from '../problem.js';

/** Two hours at 15 min: long enough to bridge a platform that is away, short enough that the forecast behind it still means something. */
const SETPOINT_SLOTS = 8;

/** What assets are told for the first slots, in time order. */
export const listSetpoints = (
  grid: SlotGrid,
  sites: readonly SiteProblem[],
  plans: readonly SitePlan[],
): readonly Setpoint[] =>
  Array.from({ length: Math.min(SETPOINT_SLOTS, grid.count) }, (_, slot) => slot).flatMap((slot) =>
    sites.flatMap((site, at) => {
      const plan = plans[at];
      return plan ? setpointsOf(grid, site, plan, slot) : [];
    }),
  );

const setpointsOf = (grid: SlotGrid, site: SiteProblem, plan: SitePlan, slot: number): readonly Setpoint[] => {
  const tell = (asset: string, value: number): Setpoint => ({
    venue: site.site,
    asset,
    from_ms: slotStart(grid, slot),
    until_ms: slotStart(grid, slot + 1),
    value,
    unit: 'kW',
  });
  return [
    // What holds heat or cold takes and gives what its machine and its loads leave: only the machine is told.
    ...site.stores.flatMap(({ store, bus = POWER }, at) =>
      bus === POWER ? [tell(store, plan.stores[at]?.power_kw[slot] ?? 0)] : [],
    ),
    ...site.supplies
      .filter(
        ({ available_kw, bus = POWER }) =>
          bus === POWER && (typeof available_kw === 'number' || available_kw.some((kw) => kw > 0)),
      )
      .map((supply, _, all) =>
        tell(supply.supply, all.length === 1 ? mostFeedIn(site, plan, slot) : valueAt(supply.available_kw, slot)),
      ),
    ...plan.units.map(({ unit, level_kw }) => tell(unit, level_kw[slot] ?? 0)),
    ...plan.tasks.map(({ task, power_kw }) => tell(task, power_kw[slot] ?? 0)),
    // A load that is not shed is on without being told, and may draw more than was forecast.
    ...site.loads.flatMap(({ load, shed_cost_per_kwh, power_kw }, at) => {
      const shed = plan.loads[at]?.unserved_kw[slot] ?? 0;
      return shed_cost_per_kwh === undefined || shed <= 0 ? [] : [tell(load, valueAt(power_kw, slot) - shed)];
    }),
  ];
};

/** Where the plan curtails, what it leaves. Elsewhere the sun may exceed its forecast up to what site and connections take. */
const mostFeedIn = (site: SiteProblem, plan: SitePlan, slot: number): number => {
  const [pv, curtailed] = [plan.pv_kw[slot] ?? 0, plan.curtailed_kw[slot] ?? 0];
  if (curtailed > 0) return pv - curtailed;
  const exported = site.connections.reduce((sum, { export_limit_kw }) => sum + valueAt(export_limit_kw, slot), 0);
  return Math.max(
    pv,
    (plan.load_kw[slot] ?? 0) + (plan.battery_kw[slot] ?? 0) - (plan.generated_kw[slot] ?? 0) + exported,
  );
};
