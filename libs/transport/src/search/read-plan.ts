import { slotStart } from '#libs/kernel';
import type { Boarding, Departure, DispatchPlan, PlanCost, RideFlow } from '../problem/plan.js';
import { blocksOf } from './blocks.js';
import { addUnderWay, type CompiledProblem } from './compile.js';
import { countCost } from './departure-costs.js';
import { followStrand, visitsOf } from './follow-strand.js';
import { strandsWithUnserved } from './strands.js';
import type { Snapshot } from './snapshot.js';

/** The plan in full: who drives what, who boards what, and the cost, added up anew from both. */
export const readPlan = (compiled: CompiledProblem, snapshot: Snapshot): DispatchPlan => {
  const { problem } = compiled;
  const blocks = blocksOf(compiled, snapshot);
  const counts = departureCounts(compiled, snapshot);
  const { boardings, rides } = followPeople(compiled, snapshot);
  const lineOf = new Map(problem.patterns.map(({ pattern, line }) => [pattern, line]));
  const departures = blocks
    .flatMap(({ vehicle, activities }) =>
      activities.flatMap((activity): readonly Departure[] => {
        if (activity.kind !== 'trip') return [];
        const line = lineOf.get(activity.pattern) ?? '';
        return [{ line, pattern: activity.pattern, departs_ms: slotStart(problem.grid, activity.slot), vehicle }];
      }),
    )
    .sort((a, b) => a.departs_ms - b.departs_ms);
  return { grid: problem.grid, departures, blocks, boardings, rides, cost: costOf(compiled, blocks, counts, rides) };
};

/** Departures by pattern x slots + slot. */
const departureCounts = ({ network }: CompiledProblem, { trips }: Snapshot): Int32Array =>
  Int32Array.from({ length: network.patterns.length * network.slots }, (_, trip) =>
    trips.reduce((sum, row) => sum + (row[trip] ?? 0), 0),
  );

const followPeople = (
  compiled: CompiledProblem,
  { trips }: Snapshot,
): { readonly boardings: readonly Boarding[]; readonly rides: readonly RideFlow[] } => {
  const { problem, network } = compiled;
  const { slots } = network;
  const boardings: Boarding[] = [];
  const rides = problem.rides.map(() => ({
    queue: new Array<number>(slots).fill(0),
    late: new Array<number>(slots).fill(0),
  }));
  for (const strand of strandsWithUnserved(problem, compiled.strands)) {
    const visits = visitsOf(problem, strand);
    const departures = visits.lead + slots;
    const capacity = new Float64Array(strand.patterns.length * departures);
    const accessible = new Float64Array(capacity.length);
    addUnderWay(problem, strand, { lead: visits.lead, capacity, accessible });
    for (const [position, pattern] of strand.patterns.entries()) {
      for (const [vehicles, row] of trips.entries()) {
        const kind = network.kinds[network.classes[vehicles]?.kind ?? 0];
        for (let slot = 0; slot < slots; slot += 1) {
          const at = position * departures + visits.lead + slot;
          const made = row[pattern * slots + slot] ?? 0;
          capacity[at] = (capacity[at] ?? 0) + made * (kind?.capacity ?? 0);
          accessible[at] = (accessible[at] ?? 0) + made * (kind?.accessible ?? 0);
        }
      }
    }
    followStrand(visits, compiled.rides, capacity, accessible, {
      boarded: (ride, pattern, slot, people) => {
        boardings.push({ ride, pattern: problem.patterns[pattern]?.pattern ?? '', slot, people });
      },
      waits: (ride, slot, queue, late) => {
        const flow = rides[ride];
        if (!flow) return;
        flow.queue[slot] = queue;
        flow.late[slot] = late;
      },
    });
  }
  return { boardings, rides };
};

const costOf = (
  { problem, network, counts }: CompiledProblem,
  blocks: DispatchPlan['blocks'],
  departures: Int32Array,
  rides: readonly RideFlow[],
): PlanCost => {
  const { slots, slotHours } = network;
  const groups = new Map(problem.groups.map((group) => [group.id, group]));
  let [waiting, late, left, driving, callOut, changes, missed] = [0, 0, 0, 0, 0, 0, 0];
  for (const [index, ride] of problem.rides.entries()) {
    const { waiting_cost_per_hour: price = 0, late_cost_per_hour: latePrice = 0 } = groups.get(ride.group) ?? {};
    const flow = rides[index];
    for (let slot = 0; slot < slots; slot += 1) {
      waiting += price * slotHours * ((flow?.queue[slot] ?? 0) - (ride.arrivals[slot] ?? 0) / 2);
      late += latePrice * slotHours * (flow?.late[slot] ?? 0);
    }
    left += price * slotHours * problem.prices.left_wait_slots * (flow?.queue[slots - 1] ?? 0);
  }
  const classOf = new Map(
    network.classes.flatMap((vehicleClass) => vehicleClass.vehicles.map(({ id }) => [id, vehicleClass] as const)),
  );
  const patternOf = new Map(problem.patterns.map(({ pattern }, index) => [pattern, index]));
  const deadheadOf = new Map(
    problem.deadheads.map(({ from_place, to_place }, index) => [JSON.stringify([from_place, to_place]), index]),
  );
  for (const { vehicle, activities } of blocks) {
    const vehicleClass = classOf.get(vehicle);
    if (!vehicleClass) continue;
    for (const activity of activities) {
      if (activity.kind === 'trip') driving += vehicleClass.tripCost[patternOf.get(activity.pattern) ?? -1] ?? 0;
      if (activity.kind === 'deadhead')
        driving +=
          vehicleClass.deadheadCost[deadheadOf.get(JSON.stringify([activity.from_place, activity.to_place])) ?? -1] ??
          0;
    }
    if (activities.some(({ kind }) => kind !== 'charge')) callOut += vehicleClass.callOutCost;
  }
  for (const [pattern, terms] of counts.entries()) {
    if (!terms) continue;
    const cost = countCost(terms, departures, pattern * slots, slots);
    missed += cost.missed;
    changes += cost.changes;
  }
  const total = waiting + late + left + driving + callOut + changes + missed;
  return { waiting, late, left, driving, call_out: callOut, changes, missed, total };
};
