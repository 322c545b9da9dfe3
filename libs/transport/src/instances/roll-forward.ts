import { slotStart } from '#libs/kernel';
import { findCalls, offsetAt } from '../check/facts.js';
import type { Activity, Block, DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem, Ride, UnderWay, Vehicle } from '../problem/problem.js';

/**
 * The same horizon's end seen `slots` later, everything done as the plan says until then: what has left is under way, who waits waits, and the
 * departures of the plan are announced. Who waits counts as come just before. `slots` is less than the grid's.
 */
export const rollForward = (problem: DispatchProblem, plan: DispatchPlan, slots: number): DispatchProblem => {
  const { grid } = problem;
  return {
    ...problem,
    grid: { start: slotStart(grid, slots), slotMs: grid.slotMs, count: grid.count - slots },
    vehicles: problem.vehicles.flatMap((vehicle, index) => {
      const later = vehicleLater(problem, vehicle, plan.blocks[index], slots);
      return later ? [later] : [];
    }),
    patterns: problem.patterns.map((pattern) => patternLater(pattern, departuresOf(plan, pattern, grid.count), slots)),
    rides: problem.rides.map((ride, index) => rideLater(problem, plan, ride, index, slots)),
    under_way: underWayLater(problem, plan, slots),
  };
};

const departuresOf = (plan: DispatchPlan, { pattern }: PatternProblem, count: number): readonly number[] => {
  const departures = new Array<number>(count).fill(0);
  for (const { activities } of plan.blocks) {
    for (const activity of activities) {
      if (activity.kind !== 'trip' || activity.pattern !== pattern) continue;
      departures[activity.slot] = (departures[activity.slot] ?? 0) + 1;
    }
  }
  return departures;
};

/** Undefined when its duty is over. */
const vehicleLater = (
  problem: DispatchProblem,
  { id, type, until_slot: until, call_out_cost: callOut, ...vehicle }: Vehicle,
  block: Block | undefined,
  slots: number,
): Vehicle | undefined => {
  const done = (block?.activities ?? [])
    .filter(({ slot }) => slot < slots)
    .map((activity) => outcomeOf(problem, activity, slots));
  const last = done.findLast(({ place }) => place !== undefined);
  const ready = Math.max(0, (last?.ready ?? vehicle.ready_slot) - slots);
  if (until !== undefined && until - slots <= ready) return undefined;
  const battery = problem.vehicle_types.find((each) => each.id === type)?.battery;
  const charge = done.reduce(
    (energy, { km, charged }) => energy + charged - km * (battery?.kwh_per_km ?? 0),
    vehicle.charge_kwh ?? battery?.capacity_kwh ?? 0,
  );
  return {
    id,
    type,
    place: last?.place ?? vehicle.place,
    ready_slot: ready,
    ...(until === undefined ? {} : { until_slot: until - slots }),
    // Once it has moved it is paid.
    ...(callOut === undefined || last ? {} : { call_out_cost: callOut }),
    ...(battery ? { charge_kwh: charge } : {}),
  };
};

/** Where an activity brings a vehicle, and the energy that it takes in until `slots`, kWh. */
interface Outcome {
  /** Absent: it stays. */
  readonly place?: string;
  readonly ready: number;
  readonly km: number;
  readonly charged: number;
}

const outcomeOf = ({ deadheads, patterns }: DispatchProblem, activity: Activity, slots: number): Outcome => {
  const { slot, until_slot: ready } = activity;
  switch (activity.kind) {
    case 'charge':
      return { ready, km: 0, charged: (activity.kwh * (Math.min(ready, slots) - slot)) / (ready - slot) };
    case 'deadhead': {
      const { from_place, to_place: place } = activity;
      const way = deadheads.find((each) => each.from_place === from_place && each.to_place === place);
      return { place, ready, km: way?.km ?? 0, charged: 0 };
    }
    case 'trip': {
      const pattern = patterns.find((each) => each.pattern === activity.pattern);
      return { ...(pattern ? { place: pattern.to_place } : {}), ready, km: pattern?.km ?? 0, charged: 0 };
    }
  }
};

const patternLater = (
  { scheduled, least, added, most, ...pattern }: PatternProblem,
  departures: readonly number[],
  slots: number,
): PatternProblem => {
  const made = departures.slice(0, slots).reduce((sum, count) => sum + count, 0);
  return {
    ...pattern,
    ...(scheduled ? { scheduled: scheduled.slice(slots) } : {}),
    ...(least ? { least: least.slice(slots).map((due) => Math.max(0, due - made)) } : {}),
    ...(added ? { added: added.slice(slots) } : {}),
    ...(most ? { most: most.slice(slots) } : {}),
    previous: departures.slice(slots),
  };
};

const underWayLater = (problem: DispatchProblem, plan: DispatchPlan, slots: number): readonly UnderWay[] => {
  const left = plan.blocks.flatMap(({ vehicle, activities }, index) =>
    activities.flatMap((activity): readonly UnderWay[] =>
      activity.kind === 'trip' && activity.slot < slots
        ? [
            {
              pattern: activity.pattern,
              vehicle,
              type: problem.vehicles[index]?.type ?? '',
              slot: activity.slot,
            },
          ]
        : [],
    ),
  );
  return [...problem.under_way, ...left].flatMap((each) => {
    const last = problem.patterns.find(({ pattern }) => pattern === each.pattern)?.stops.at(-1)?.offset_slots ?? 0;
    const slot = each.slot - slots;
    return slot + last >= 0 ? [{ ...each, slot }] : [];
  });
};

const rideLater = (problem: DispatchProblem, plan: DispatchPlan, ride: Ride, index: number, slots: number): Ride => {
  const arrivals = ride.arrivals.slice(slots);
  const goOn = alightingLater(problem, plan, index, slots);
  return {
    ...ride,
    waiting: (plan.rides[index]?.queue[slots - 1] ?? ride.waiting) + (goOn.get(0) ?? 0),
    // As if they came in the slot before they alight.
    arrivals: arrivals.map((people, slot) => people + (goOn.get(slot + 1) ?? 0)),
    ...(ride.board_by_slot === undefined ? {} : { board_by_slot: Math.max(0, ride.board_by_slot - slots) }),
  };
};

/** People under way who go on with a ride, by the slot in which they alight. */
const alightingLater = (
  { rides, patterns }: DispatchProblem,
  { boardings }: DispatchPlan,
  index: number,
  slots: number,
): ReadonlyMap<number, number> => {
  const before = new Set(rides.flatMap(({ then }, other) => (then === index ? [other] : [])));
  const alighting = new Map<number, number>();
  for (const { ride, pattern: name, slot, people } of boardings) {
    const first = before.has(ride) ? rides[ride] : undefined;
    const pattern = first && patterns.find((each) => each.pattern === name);
    const calls = pattern && findCalls(pattern, first);
    if (!calls || slot + offsetAt(pattern, calls.board) >= slots) continue;
    const alights = slot + offsetAt(pattern, calls.alight) - slots;
    if (alights >= 0) alighting.set(alights, (alighting.get(alights) ?? 0) + people);
  }
  return alighting;
};
