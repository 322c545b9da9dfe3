import type { Activity, Block, DispatchPlan } from '../problem/plan.js';
import type { Vehicle } from '../problem/problem.js';
import type { Facts } from './facts.js';
import { type DispatchFinding, finding } from './finding.js';

/** Where every vehicle is at any time: one block each, in time order, each activity from where the last one ended, within the vehicle's window. */
export const checkBlocks = (facts: Facts, plan: DispatchPlan): readonly DispatchFinding[] => {
  const { vehicles } = facts.problem;
  return [
    ...(plan.blocks.length === vehicles.length
      ? []
      : [finding('blocks', plan.blocks.length, 'one_block_a_vehicle', `There are ${vehicles.length} vehicles.`)]),
    ...plan.blocks.flatMap((block, index) => {
      const vehicle = vehicles[index];
      if (vehicle?.id !== block.vehicle)
        return [
          finding(
            `blocks[${index}].vehicle`,
            block.vehicle,
            'order_of_vehicles',
            `The vehicle in this place is ${vehicle?.id ?? 'none'}.`,
          ),
        ];
      return checkBlock(facts, vehicle, block, `blocks[${index}]`);
    }),
  ];
};

interface Whereabouts {
  readonly place: string;
  /** It may leave from this slot on. */
  readonly free: number;
}

const checkBlock = (facts: Facts, vehicle: Vehicle, block: Block, path: string): readonly DispatchFinding[] => {
  let at: Whereabouts = { place: vehicle.place, free: vehicle.ready_slot };
  return block.activities.flatMap((activity, index) => {
    const found = checkActivity(facts, vehicle, at, activity, `${path}.activities[${index}]`);
    at = { place: endOf(facts, activity), free: activity.until_slot };
    return found;
  });
};

const endOf = ({ patterns }: Facts, activity: Activity): string => {
  switch (activity.kind) {
    case 'trip':
      return patterns.get(activity.pattern)?.to_place ?? '';
    case 'deadhead':
      return activity.to_place;
    case 'charge':
      return activity.place;
  }
};

const checkActivity = (
  facts: Facts,
  vehicle: Vehicle,
  at: Whereabouts,
  activity: Activity,
  path: string,
): readonly DispatchFinding[] => {
  const { id } = vehicle;
  const { slot, until_slot: until } = activity;
  const found: DispatchFinding[] = [];
  const say = (field: string, value: unknown, rule: string, message: string) =>
    found.push(finding(`${path}.${field}`, value, rule, message));
  if (!Number.isInteger(slot) || slot < 0 || slot >= facts.slots)
    say('slot', slot, 'within_horizon', `The horizon has slots 0 to ${facts.slots - 1}.`);
  if (slot < vehicle.ready_slot) say('slot', slot, 'ready', `Vehicle ${id} is ready in slot ${vehicle.ready_slot}.`);
  else if (slot < at.free) say('slot', slot, 'in_two_places', `Vehicle ${id} is busy until slot ${at.free}.`);
  const move = findMove(facts, activity);
  if ('fault' in move) {
    say(move.field, move.value, move.rule, move.fault);
    return found;
  }
  if (move.from !== at.place)
    say(move.field, move.from, 'whereabouts', `Vehicle ${id} stands at ${at.place} in slot ${slot}.`);
  if (move.slots === undefined) return found;
  if (until !== slot + move.slots)
    say('until_slot', until, 'duration', `It takes ${move.slots} slots from slot ${slot}.`);
  if (vehicle.until_slot !== undefined && slot + move.slots > vehicle.until_slot)
    say('until_slot', until, 'duty_end', `The duty of vehicle ${id} is over by slot ${vehicle.until_slot}.`);
  if (move.types && !move.types.includes(vehicle.type))
    say(
      'pattern',
      move.value,
      'type_allowed',
      `Vehicle ${id} is ${vehicle.type}; allowed are ${move.types.join(', ')}.`,
    );
  return found;
};

type Move =
  | { readonly field: string; readonly value: string; readonly rule: string; readonly fault: string }
  | {
      readonly field: string;
      readonly value: string;
      readonly from: string;
      /** Absent: as long as one likes. */
      readonly slots?: number;
      readonly types?: readonly string[];
    };

const findMove = (facts: Facts, activity: Activity): Move => {
  switch (activity.kind) {
    case 'trip': {
      const { pattern: value } = activity;
      const pattern = facts.patterns.get(value);
      if (!pattern) return { field: 'pattern', value, rule: 'known_pattern', fault: 'There is no such pattern.' };
      const types = pattern.types ? { types: pattern.types } : {};
      return { field: 'pattern', value, from: pattern.from_place, slots: pattern.busy_slots, ...types };
    }
    case 'deadhead': {
      const { from_place: from, to_place: value } = activity;
      const deadhead = facts.findDeadhead(from, value);
      if (!deadhead)
        return { field: 'to_place', value, rule: 'known_deadhead', fault: `There is no deadhead from ${from}.` };
      return { field: 'from_place', value: from, from, slots: deadhead.slots };
    }
    case 'charge':
      return { field: 'place', value: activity.place, from: activity.place };
  }
};
