import { type SlotGrid, slotStart } from '#libs/kernel';
import type { SitePlan, Setpoint } from './plan.js';
import type { SiteProblem } from './problem.js';

/** Two hours at 15 min: long enough to bridge a platform that is away, short enough that the forecast behind it still means something. */
const SETPOINT_SLOTS = 8;

/** What batteries and PV are told for the first slots, in time order. */
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

const setpointsOf = (grid: SlotGrid, site: SiteProblem, plan: SitePlan, slot: number): Setpoint[] => {
  const told = {
    venue: site.site,
    from_ms: slotStart(grid, slot),
    until_ms: slotStart(grid, slot + 1),
    unit: 'kW',
  } as const;
  return [
    ...(site.battery ? [{ ...told, asset: 'battery', value: plan.battery_kw[slot] ?? 0 } as const] : []),
    ...(site.pv_kw.some((pv) => pv > 0)
      ? [{ ...told, asset: 'pv', value: mostFeedIn(site, plan, slot) } as const]
      : []),
  ];
};

/** Where the plan curtails, what it leaves. Elsewhere the sun may exceed its forecast up to what site and connection take. */
const mostFeedIn = (site: SiteProblem, plan: SitePlan, slot: number): number => {
  const [pv, curtailed] = [plan.pv_kw[slot] ?? 0, plan.curtailed_kw[slot] ?? 0];
  if (curtailed > 0) return pv - curtailed;
  return Math.max(pv, (plan.load_kw[slot] ?? 0) + (plan.battery_kw[slot] ?? 0) + site.export_limit_kw);
};
