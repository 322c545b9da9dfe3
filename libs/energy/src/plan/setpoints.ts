import { type SlotGrid, slotStart } from '#libs/kernel';
import type { Setpoint, SitePlan } from '../plan.js';
import { isPower, type SiteProblem, type Supply, valueAt } from '../problem.js';

/** Two hours at 15 min: long enough to bridge a platform that is away, short enough that the forecast behind it still means something. */
const SETPOINT_SLOTS = 8;

/** kW. */
const ROUNDING = 1e-5;

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
  const tell = (asset: string, value: number, unit: Setpoint['unit'] = 'kW'): Setpoint => ({
    venue: site.site,
    asset,
    from_ms: slotStart(grid, slot),
    until_ms: slotStart(grid, slot + 1),
    value,
    unit,
  });
  return [
    // What holds heat or cold takes and gives what its machine and its loads leave: only the machine is told.
    ...site.stores.flatMap((store, at) =>
      isPower(store) ? [tell(store.store, plan.stores[at]?.power_kw[slot] ?? 0)] : [],
    ),
    ...site.supplies
      .filter(
        (supply) =>
          isPower(supply) && (typeof supply.available_kw === 'number' || supply.available_kw.some((kw) => kw > 0)),
      )
      .map((supply) => tell(supply.supply, mostFeedIn(site, plan, supply, slot))),
    ...plan.units.map(({ unit, level_kw }) => tell(unit, level_kw[slot] ?? 0)),
    ...plan.tasks.map(({ task, power_kw }) => tell(task, power_kw[slot] ?? 0)),
    // Where no connection is alive a switch takes the first that comes back, without being told.
    ...plan.switches.flatMap(({ switch: name, closed }, at) => {
      const position = 1 + (site.switches?.[at]?.connections.indexOf(closed[slot] ?? '') ?? -1);
      return position > 0 ? [tell(name, position, 'position')] : [];
    }),
    // A load that is not shed is on without being told, and may draw more than was forecast.
    ...site.loads.flatMap(({ load, shed_cost_per_kwh, power_kw }, at) => {
      const shed = plan.loads[at]?.unserved_kw[slot] ?? 0;
      return shed_cost_per_kwh === undefined || shed <= 0 ? [] : [tell(load, valueAt(power_kw, slot) - shed)];
    }),
  ];
};

/** Where the plan curtails a supply, what it leaves. Elsewhere the sun may exceed its forecast up to what site and living connections take beside the other supplies. */
const mostFeedIn = (site: SiteProblem, plan: SitePlan, { supply, available_kw }: Supply, slot: number): number => {
  const at = (series: readonly number[] | undefined): number => series?.[slot] ?? 0;
  const used = at(plan.supplies.find((one) => one.supply === supply)?.used_kw);
  const there = valueAt(available_kw, slot);
  if (there - used > ROUNDING) return used;
  const exported = site.connections.reduce(
    (sum, { export_limit_kw, available = 1 }) => sum + valueAt(available, slot) * valueAt(export_limit_kw, slot),
    0,
  );
  const others = at(plan.pv_kw) - at(plan.curtailed_kw) - used;
  const taken = at(plan.load_kw) - at(plan.unserved_kw) + at(plan.battery_kw) - at(plan.generated_kw);
  return Math.max(there, taken + exported - others);
};
