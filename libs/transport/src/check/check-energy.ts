import type { Activity, DispatchPlan } from '../problem/plan.js';
import type { Vehicle, VehicleType } from '../problem/problem.js';
import type { Facts } from './facts.js';
import { type DispatchFinding, exceeds, finding } from './finding.js';

/** Energy of every electric vehicle, each for itself, and what charges together at a place. */
export const checkEnergy = (facts: Facts, plan: DispatchPlan): readonly DispatchFinding[] => [
  ...plan.blocks.flatMap(({ activities }, index) => {
    const vehicle = facts.problem.vehicles[index];
    const type = vehicle && facts.types.get(vehicle.type);
    return vehicle && type ? checkVehicle(facts, vehicle, type, activities, `blocks[${index}]`) : [];
  }),
  ...checkPlaces(facts, plan),
];

const kmOf = (facts: Facts, activity: Activity): number => {
  switch (activity.kind) {
    case 'trip':
      return facts.patterns.get(activity.pattern)?.km ?? 0;
    case 'deadhead':
      return facts.findDeadhead(activity.from_place, activity.to_place)?.km ?? 0;
    case 'charge':
      return 0;
  }
};

const checkVehicle = (
  facts: Facts,
  { id, charge_kwh }: Vehicle,
  { battery }: VehicleType,
  activities: readonly Activity[],
  block: string,
): readonly DispatchFinding[] => {
  let energy = charge_kwh ?? battery?.capacity_kwh ?? 0;
  return activities.flatMap((activity, index) => {
    const path = `${block}.activities[${index}]`;
    if (activity.kind === 'charge') {
      const { kwh, slot, until_slot: until, place } = activity;
      const found: DispatchFinding[] = [];
      const say = (field: string, value: unknown, rule: string, message: string) =>
        found.push(finding(`${path}.${field}`, value, rule, message));
      if (!Number.isInteger(until) || until <= slot || until > facts.slots)
        say('until_slot', until, 'within_horizon', `It charges from slot ${slot} to at most ${facts.slots}.`);
      if (!battery) {
        say('kind', 'charge', 'electric', `Vehicle ${id} has no battery.`);
        return found;
      }
      if (facts.places.get(place)?.chargers === undefined)
        say('place', place, 'has_chargers', 'There are no chargers at this place.');
      const most = battery.charging_kw * facts.slotHours * (until - slot);
      if (!(kwh >= 0)) say('kwh', kwh, 'not_negative', 'Energy flows into the battery.');
      if (exceeds(kwh, most))
        say('kwh', kwh, 'charging_power', `Vehicle ${id} takes at most ${most} kWh in this time.`);
      energy += kwh;
      if (exceeds(energy, battery.capacity_kwh))
        say('kwh', kwh, 'capacity', `Then ${energy} kWh are in a battery of ${battery.capacity_kwh}.`);
      return found;
    }
    if (!battery) return [];
    energy -= kmOf(facts, activity) * battery.kwh_per_km;
    return exceeds(battery.reserve_kwh, energy)
      ? [
          finding(
            path,
            energy,
            'reserve',
            `Vehicle ${id} would have less than its reserve of ${battery.reserve_kwh} kWh; charge it before.`,
          ),
        ]
      : [];
  });
};

const checkPlaces = (facts: Facts, plan: DispatchPlan): readonly DispatchFinding[] => {
  const charging = new Map<string, { vehicles: number; kwh: number }[]>();
  for (const { activities } of plan.blocks) {
    for (const activity of activities) {
      if (activity.kind !== 'charge') continue;
      const { place, slot, until_slot: until, kwh } = activity;
      const slots = charging.get(place) ?? Array.from({ length: facts.slots }, () => ({ vehicles: 0, kwh: 0 }));
      charging.set(place, slots);
      for (const taken of slots.slice(Math.max(0, slot), until)) {
        taken.vehicles += 1;
        taken.kwh += kwh / (until - slot);
      }
    }
  }
  return facts.problem.places.flatMap(({ id, chargers = 0, charging_kw = Infinity }, index) =>
    (charging.get(id) ?? []).flatMap(({ vehicles, kwh }, slot) => [
      ...(vehicles > chargers
        ? [
            finding(
              `places[${index}]`,
              vehicles,
              'chargers',
              `${id} charges ${chargers} vehicles at once, slot ${slot}.`,
            ),
          ]
        : []),
      ...(exceeds(kwh, charging_kw * facts.slotHours)
        ? [
            finding(
              `places[${index}]`,
              kwh / facts.slotHours,
              'place_power',
              `${id} gives at most ${charging_kw} kW, slot ${slot}.`,
            ),
          ]
        : []),
    ]),
  );
};
