import { slotStart } from '#libs/kernel';
import type { Departure, DispatchPlan } from '../problem/plan.js';
import { departureKey, type Facts } from './facts.js';
import { type DispatchFinding, finding } from './finding.js';

/** The list of departures is what the blocks say, and keeps the limits of patterns and stops. */
export const checkDepartures = (
  facts: Facts,
  plan: DispatchPlan,
  departures: ReadonlyMap<string, readonly string[]>,
): readonly DispatchFinding[] => [
  ...checkList(facts, plan),
  ...checkMost(facts, departures),
  ...checkBays(facts, departures),
];

const nameOf = ({ vehicle, departs_ms, pattern, line }: Departure): string =>
  JSON.stringify([vehicle, departs_ms, pattern, line]);

const checkList = ({ problem, patterns }: Facts, plan: DispatchPlan): readonly DispatchFinding[] => {
  const driven = new Map<string, string>();
  for (const [block, { vehicle, activities }] of plan.blocks.entries()) {
    for (const [index, activity] of activities.entries()) {
      if (activity.kind !== 'trip') continue;
      const { pattern, slot } = activity;
      const line = patterns.get(pattern)?.line ?? '';
      const name = nameOf({ vehicle, departs_ms: slotStart(problem.grid, slot), pattern, line });
      driven.set(name, `blocks[${block}].activities[${index}]`);
    }
  }
  let before = -Infinity;
  const listed = plan.departures.flatMap((departure, index) => {
    const path = `departures[${index}]`;
    const late = departure.departs_ms < before;
    before = departure.departs_ms;
    return [
      ...(late ? [finding(path, departure.departs_ms, 'time_order', 'It leaves before the one that it follows.')] : []),
      ...(driven.delete(nameOf(departure))
        ? []
        : [
            finding(
              path,
              departure,
              'in_a_block',
              `No block of ${departure.vehicle} has this trip, or it is listed twice.`,
            ),
          ]),
    ];
  });
  return [
    ...listed,
    ...[...driven].map(([name, path]) => finding(path, name, 'in_the_list', 'The departures do not have this trip.')),
  ];
};

const checkMost = (
  { problem }: Facts,
  departures: ReadonlyMap<string, readonly string[]>,
): readonly DispatchFinding[] =>
  problem.patterns.flatMap(({ pattern, most = [] }) =>
    most.flatMap((limit, slot) => {
      const leaving = departures.get(departureKey(pattern, slot))?.length ?? 0;
      return limit !== null && leaving > limit
        ? [finding('departures', leaving, 'most', `At most ${limit} may leave on pattern ${pattern} in slot ${slot}.`)]
        : [];
    }),
  );

/** A departure that is under way keeps its bay, even where there is none left. */
const checkBays = (
  { problem, patterns, slots }: Facts,
  departures: ReadonlyMap<string, readonly string[]>,
): readonly DispatchFinding[] => {
  const callsAt = new Map(
    problem.bays.map(({ stop }) => [stop, Array.from({ length: slots }, () => ({ planned: 0, underWay: 0 }))]),
  );
  const count = (name: string, left: number, vehicles: number, kind: 'planned' | 'underWay'): void => {
    for (const { stop, offset_slots } of patterns.get(name)?.stops ?? []) {
      const calls = callsAt.get(stop)?.[left + offset_slots];
      if (calls) calls[kind] += vehicles;
    }
  };
  for (const { pattern } of problem.patterns) {
    for (let slot = 0; slot < slots; slot += 1) {
      count(pattern, slot, departures.get(departureKey(pattern, slot))?.length ?? 0, 'planned');
    }
  }
  for (const { pattern, slot } of problem.under_way) count(pattern, slot, 1, 'underWay');
  return problem.bays.flatMap(({ stop, bays }) =>
    (callsAt.get(stop) ?? []).flatMap(({ planned, underWay }, slot) =>
      planned > Math.max(0, bays - underWay)
        ? [
            finding(
              'departures',
              planned,
              'bays',
              `${bays} vehicles can call at stop ${stop} in slot ${slot}; ${underWay} are under way to it.`,
            ),
          ]
        : [],
    ),
  );
};
