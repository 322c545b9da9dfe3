import type { FleetRules } from '#libs/planning';
import type { DispatchProblem } from '#libs/transport';

/** What planning must know of a problem's fleet to keep its vehicles in one place each. */
export const fleetRulesOf = ({ grid, patterns, vehicles }: DispatchProblem): FleetRules => ({
  vehicles,
  lines: new Map(
    patterns.map(({ line, pattern, cycle_slots }) => [line, { pattern, cycleMs: cycle_slots * grid.slotMs }]),
  ),
});
