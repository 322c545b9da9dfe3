import type { DispatchPlan, RideFlow } from '../problem/plan.js';
import type { Ride } from '../problem/problem.js';
import type { Boarded } from './check-boardings.js';
import { type Facts, groupBy } from './facts.js';
import { type DispatchFinding, differs, exceeds, finding } from './finding.js';

/** Every ride's queue and late people, from who came and who boarded; and where the plan says otherwise. */
export const checkQueues = (
  facts: Facts,
  plan: DispatchPlan,
  boarded: readonly Boarded[],
): { readonly flows: readonly RideFlow[]; readonly findings: readonly DispatchFinding[] } => {
  const { rides } = facts.problem;
  const findings: DispatchFinding[] = [];
  const byRide = groupBy(boarded, ({ boarding }) => boarding.ride);
  const goOn = new Set(rides.flatMap(({ then }) => (then === undefined ? [] : [then])));
  if (plan.rides.length !== rides.length)
    findings.push(finding('rides', plan.rides.length, 'one_flow_a_ride', `There are ${rides.length} rides.`));
  const flows = rides.map((ride, index): RideFlow => {
    const boards = inSlots(facts.slots, byRide.get(index) ?? [], ({ boardSlot }) => boardSlot);
    const before = rides.flatMap(({ then }, other) => (then === index ? (byRide.get(other) ?? []) : []));
    const alight = inSlots(facts.slots, before, ({ alightSlot }) => alightSlot);
    const name = `${ride.from_stop} to ${ride.to_stop} on ${ride.line}, ${ride.group}`;
    let waiting = ride.waiting;
    const queue = boards.map((people, slot) => {
      const there = waiting + (alight[slot] ?? 0);
      if (exceeds(people, there))
        findings.push(
          finding('boardings', people, 'who_waits', `${there} wait from ${name} in slot ${slot} (ride ${index}).`),
        );
      waiting = there + (ride.arrivals[slot] ?? 0) - people;
      return waiting;
    });
    const late = queue.map((people, slot) => (goOn.has(index) ? 0 : Math.max(0, people - onTime(facts, ride, slot))));
    findings.push(
      ...compare(plan.rides[index]?.queue, queue, `rides[${index}].queue`, `wait from ${name}`),
      ...compare(plan.rides[index]?.late, late, `rides[${index}].late`, `wait too long from ${name}`),
    );
    return { queue, late };
  });
  return { flows, findings };
};

const inSlots = (slots: number, boarded: readonly Boarded[], slotOf: (each: Boarded) => number): readonly number[] => {
  const people = new Array<number>(slots).fill(0);
  for (const each of boarded) {
    const slot = slotOf(each);
    if (slot < slots) people[slot] = (people[slot] ?? 0) + each.boarding.people;
  }
  return people;
};

/** People of a ride who have not waited too long at a slot's end, if they are still there: who came in the last slots that one may wait. Nobody once the session calls. */
const onTime = ({ problem }: Facts, ride: Ride, slot: number): number => {
  if (ride.board_by_slot !== undefined && slot >= ride.board_by_slot) return 0;
  const longest = problem.groups.find(({ id }) => id === ride.group)?.longest_wait_slots;
  if (longest === undefined) return Infinity;
  const since = slot - longest + 1;
  // Who waited at the start came in the slot before it.
  const start = since <= -1 && longest > 0 ? ride.waiting : 0;
  return ride.arrivals.slice(Math.max(0, since), slot + 1).reduce((sum, people) => sum + people, start);
};

const compare = (
  said: readonly number[] | undefined,
  found: readonly number[],
  path: string,
  what: string,
): readonly DispatchFinding[] => {
  if (said?.length !== found.length)
    return [finding(path, said?.length, 'one_entry_a_slot', `There are ${found.length} slots.`)];
  return found.flatMap((people, slot) =>
    differs(said[slot] ?? NaN, people)
      ? [finding(`${path}[${slot}]`, said[slot], 'people_conserved', `${people} ${what} at the slot's end.`)]
      : [],
  );
};
