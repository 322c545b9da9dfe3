import type { Activity, DispatchPlan, PlanCost, RideFlow } from '../problem/plan.js';
import type { PatternProblem } from '../problem/problem.js';
import { departureKey, type Facts } from './facts.js';
import { type DispatchFinding, differs, finding } from './finding.js';

const TERMS = ['waiting', 'late', 'left', 'driving', 'call_out', 'changes', 'missed', 'total'] as const;

/** Every term of the cost from the problem's prices. `flows` are the rides' as they are, not as the plan says. */
export const checkCost = (
  facts: Facts,
  plan: DispatchPlan,
  flows: readonly RideFlow[],
  departures: ReadonlyMap<string, readonly string[]>,
): readonly DispatchFinding[] => {
  const terms: Omit<PlanCost, 'total'> = {
    ...passengerCost(facts, flows),
    ...vehicleCost(facts, plan),
    ...serviceCost(facts, departures),
  };
  const { waiting, late, left, driving, call_out, changes, missed } = terms;
  const costs: PlanCost = { ...terms, total: waiting + late + left + driving + call_out + changes + missed };
  return TERMS.flatMap((term) =>
    differs(plan.cost[term], costs[term])
      ? [finding(`cost.${term}`, plan.cost[term], 'cost', `It is ${costs[term]}.`)]
      : [],
  );
};

const passengerCost = (
  { problem, slots, slotHours }: Facts,
  flows: readonly RideFlow[],
): Pick<PlanCost, 'waiting' | 'late' | 'left'> => {
  let [waiting, late, left] = [0, 0, 0];
  for (const [index, { group, arrivals }] of problem.rides.entries()) {
    const prices = problem.groups.find(({ id }) => id === group);
    const flow = flows[index];
    if (!prices || !flow) continue;
    for (let slot = 0; slot < slots; slot += 1) {
      const people = (flow.queue[slot] ?? 0) - (arrivals[slot] ?? 0) / 2;
      waiting += prices.waiting_cost_per_hour * slotHours * people;
      late += prices.late_cost_per_hour * slotHours * (flow.late[slot] ?? 0);
    }
    const staying = flow.queue.at(-1) ?? 0;
    left += prices.waiting_cost_per_hour * slotHours * problem.prices.left_wait_slots * staying;
  }
  return { waiting, late, left };
};

const vehicleCost = (facts: Facts, plan: DispatchPlan): Pick<PlanCost, 'driving' | 'call_out'> => {
  let [driving, callOut] = [0, 0];
  for (const [index, { activities }] of plan.blocks.entries()) {
    const vehicle = facts.problem.vehicles[index];
    const type = vehicle && facts.types.get(vehicle.type);
    if (!type) continue;
    const moves = activities.map((activity) => moveOf(facts, activity)).filter((move) => move !== undefined);
    for (const { slots, km } of moves) {
      driving += type.cost_per_hour * slots * facts.slotHours + type.cost_per_km * km;
    }
    if (moves.length > 0) callOut += vehicle.call_out_cost ?? 0;
  }
  return { driving, call_out: callOut };
};

const moveOf = (
  { patterns, findDeadhead }: Facts,
  activity: Activity,
): { readonly slots: number; readonly km: number } | undefined => {
  switch (activity.kind) {
    case 'trip': {
      const pattern = patterns.get(activity.pattern);
      return pattern && { slots: pattern.busy_slots, km: pattern.km };
    }
    case 'deadhead':
      return findDeadhead(activity.from_place, activity.to_place);
    case 'charge':
      return undefined;
  }
};

const serviceCost = (
  { problem, slots }: Facts,
  departures: ReadonlyMap<string, readonly string[]>,
): Pick<PlanCost, 'changes' | 'missed'> => {
  const { change_cost, missed_cost } = problem.prices;
  let [changes, missed] = [0, 0];
  for (const pattern of problem.patterns) {
    const leaving = Array.from(
      { length: slots },
      (_, slot) => departures.get(departureKey(pattern.pattern, slot))?.length ?? 0,
    );
    changes += change_cost * countChanges(pattern, leaving);
    missed += missed_cost * countMissed(pattern, leaving);
  }
  return { changes, missed };
};

const countChanges = ({ previous = [] }: PatternProblem, leaving: readonly number[]): number =>
  previous.reduce((sum, announced, slot) => sum + Math.abs((leaving[slot] ?? 0) - announced), 0);

const countMissed = ({ least, added }: PatternProblem, leaving: readonly number[]): number => {
  let [made, missed] = [0, 0];
  for (const [slot, count] of leaving.entries()) {
    made += count;
    missed += Math.max(0, (least?.[slot] ?? 0) - made) + Math.max(0, (added?.[slot] ?? 0) - count);
  }
  return missed;
};
