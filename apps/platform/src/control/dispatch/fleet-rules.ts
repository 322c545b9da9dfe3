import type { FleetRules } from '#libs/planning';
import type { DispatchProblem } from '#libs/transport';

/** What planning must know of a problem's fleet to keep its vehicles in one place each. */
export const fleetRulesOf = ({ grid, patterns, vehicles, deadheads }: DispatchProblem): FleetRules => {
  const at = (slot: number): number => grid.start + slot * grid.slotMs;
  const empty = new Map(deadheads.map(({ from_place, to_place, slots }) => [`${from_place}\n${to_place}`, slots]));
  const main = new Map<string, string>();
  for (const { line, pattern } of patterns) if (!main.has(line)) main.set(line, pattern);
  return {
    startMs: grid.start,
    slotMs: grid.slotMs,
    vehicles: new Map(
      vehicles.map(({ id, place, ready_slot, until_slot }) => [
        id,
        {
          place,
          // Who stands there at the start has stood there before: what leaves before the horizon is in `under_way`.
          readyMs: ready_slot === 0 ? -Infinity : at(ready_slot),
          ...(until_slot !== undefined && { untilMs: at(until_slot) }),
        },
      ]),
    ),
    patterns: new Map(
      patterns.map(({ line, pattern, from_place, to_place, busy_slots }) => [
        pattern,
        { line, from_place, to_place, busyMs: busy_slots * grid.slotMs },
      ]),
    ),
    main,
    emptyMs: (from, to) => {
      const slots = from === to ? 0 : empty.get(`${from}\n${to}`);
      return slots === undefined ? undefined : slots * grid.slotMs;
    },
  };
};
