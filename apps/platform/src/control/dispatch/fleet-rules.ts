import type { FleetRules } from '#libs/planning';
import type { DispatchProblem } from '#libs/transport';

/** What planning must know of a problem's fleet to keep its vehicles in one place each. */
export const fleetRulesOf = ({ grid, patterns, vehicles, ready_slot }: DispatchProblem): FleetRules => ({
  vehicles: new Map(
    vehicles.map((id) => [id, { place: '', readyMs: grid.start + (ready_slot[id] ?? -1_000) * grid.slotMs }]),
  ),
  patterns: new Map(
    patterns.map(({ line, pattern, cycle_slots }) => [
      pattern,
      { line, from_place: '', to_place: '', busyMs: cycle_slots * grid.slotMs },
    ]),
  ),
  main: new Map(patterns.map(({ line, pattern }) => [line, pattern])),
  emptyMs: () => 0,
});
