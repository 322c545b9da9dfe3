import { slotDuration } from '#libs/kernel';
import type { Block, DispatchPlan, PlanCost, RideFlow } from '../problem/plan.js';
import type { DispatchProblem, Ride } from '../problem/problem.js';
import { boardPeople } from './board-people.js';
import { departuresOfBlocks } from './timetable.js';

/** The plan that given blocks make, however they were found: who boards, who waits, and what it costs. */
export const planOfBlocks = (problem: DispatchProblem, blocks: readonly Block[]): DispatchPlan => {
  const types = new Map(problem.vehicles.map(({ id, type }) => [id, type]));
  const trips = blocks.flatMap(({ vehicle, activities }) =>
    activities.flatMap((activity) =>
      activity.kind === 'trip'
        ? [{ pattern: activity.pattern, slot: activity.slot, type: types.get(vehicle) ?? '' }]
        : [],
    ),
  );
  const { boardings, queues } = boardPeople(problem, [...problem.under_way, ...trips]);
  const rides = problem.rides.map((ride, index): RideFlow => {
    const queue = queues[index] ?? [];
    return { queue, late: lateOf(problem, ride, index, queue) };
  });
  return {
    grid: problem.grid,
    departures: departuresOfBlocks(problem, blocks),
    blocks,
    boardings,
    rides,
    cost: costOf(problem, blocks, trips, rides),
  };
};

/** Of those who wait at the end of each slot: who came more than the longest wait ago, and everybody once boarding was due. */
const lateOf = (problem: DispatchProblem, ride: Ride, index: number, queue: readonly number[]): readonly number[] => {
  const longest = problem.groups.find(({ id }) => id === ride.group)?.longest_wait_slots ?? Infinity;
  if (problem.rides.some(({ then }) => then === index)) return queue.map(() => 0);
  return queue.map((people, slot) => {
    if (slot >= (ride.board_by_slot ?? Infinity)) return people;
    let onTime = slot - longest < -1 ? ride.waiting : 0;
    for (let came = Math.max(0, slot - longest + 1); came <= slot; came += 1) onTime += ride.arrivals[came] ?? 0;
    return Math.max(0, people - onTime);
  });
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const costOf = (
  problem: DispatchProblem,
  blocks: readonly Block[],
  trips: readonly { readonly pattern: string; readonly slot: number }[],
  flows: readonly RideFlow[],
): PlanCost => {
  const slotHours = slotDuration(problem.grid) / 3600;
  const groups = new Map(problem.groups.map((group) => [group.id, group]));
  let [waiting, late, left] = [0, 0, 0];
  for (const [index, ride] of problem.rides.entries()) {
    const { waiting_cost_per_hour: wait = 0, late_cost_per_hour: lateness = 0 } = groups.get(ride.group) ?? {};
    const { queue = [], late: overdue = [] } = flows[index] ?? {};
    waiting += wait * slotHours * (total(queue) - total(ride.arrivals) / 2);
    late += lateness * slotHours * total(overdue);
    left += wait * slotHours * problem.prices.left_wait_slots * (queue.at(-1) ?? 0);
  }
  const { changes, missed } = serviceCost(problem, trips);
  const driving = drivingCost(problem, blocks);
  const moved = new Set(
    blocks.flatMap(({ vehicle, activities }) => (activities.some(({ kind }) => kind !== 'charge') ? [vehicle] : [])),
  );
  const callOut = total(problem.vehicles.map(({ id, call_out_cost = 0 }) => (moved.has(id) ? call_out_cost : 0)));
  return {
    waiting,
    late,
    left,
    driving,
    call_out: callOut,
    changes,
    missed,
    total: waiting + late + left + driving + callOut + changes + missed,
  };
};

const drivingCost = (problem: DispatchProblem, blocks: readonly Block[]): number => {
  const slotHours = slotDuration(problem.grid) / 3600;
  const types = new Map(problem.vehicle_types.map((type) => [type.id, type]));
  const typeOf = new Map(problem.vehicles.map(({ id, type }) => [id, types.get(type)]));
  let cost = 0;
  for (const { vehicle, activities } of blocks) {
    const { cost_per_hour = 0, cost_per_km = 0 } = typeOf.get(vehicle) ?? {};
    for (const activity of activities) {
      if (activity.kind === 'charge') continue;
      const km =
        activity.kind === 'trip'
          ? problem.patterns.find(({ pattern }) => pattern === activity.pattern)?.km
          : problem.deadheads.find(
              ({ from_place, to_place }) => from_place === activity.from_place && to_place === activity.to_place,
            )?.km;
      cost += cost_per_hour * slotHours * (activity.until_slot - activity.slot) + cost_per_km * (km ?? 0);
    }
  }
  return cost;
};

/** Departures put in or taken out against what is announced, and those that are asked for and do not leave. */
const serviceCost = (
  { patterns, prices, grid }: DispatchProblem,
  trips: readonly { readonly pattern: string; readonly slot: number }[],
): { readonly changes: number; readonly missed: number } => {
  let [changes, missed] = [0, 0];
  for (const { pattern, previous = [], least = [], added = [] } of patterns) {
    const made = new Array<number>(grid.count).fill(0);
    for (const trip of trips) if (trip.pattern === pattern) made[trip.slot] = (made[trip.slot] ?? 0) + 1;
    let through = 0;
    for (const [slot, count] of made.entries()) {
      through += count;
      changes += Math.abs(count - (previous[slot] ?? count));
      missed += Math.max(0, (least[slot] ?? 0) - through) + Math.max(0, (added[slot] ?? 0) - count);
    }
  }
  return { changes: changes * prices.change_cost, missed: missed * prices.missed_cost };
};
