import type { DispatchProblem, Vehicle, VehicleType } from './problem.js';

/** Vehicles that a plan need not tell apart: one type, one end of duty, one price of calling out. One whose battery may not last the horizon is a class of its own. */
export interface VehicleClass {
  readonly type: VehicleType;
  readonly vehicles: readonly Vehicle[];
  /** Slot by which everything is over; the horizon's end plus the longest activity where nothing limits it. */
  readonly untilSlot: number;
  readonly callOutCost: number;
  /** Energy is watched: the class is one vehicle. */
  readonly watched: boolean;
}

/** The classes, in the order of their first vehicle. The index of a class is its name in the linear model. */
export const classesOf = (problem: DispatchProblem): readonly VehicleClass[] => {
  const types = new Map(problem.vehicle_types.map((type) => [type.id, type]));
  const longest = Math.max(
    1,
    ...problem.patterns.map(({ busy_slots }) => busy_slots),
    ...problem.deadheads.map(({ slots }) => slots),
  );
  const kmPerSlot = Math.max(
    0,
    ...problem.patterns.map(({ km, busy_slots }) => km / busy_slots),
    ...problem.deadheads.map(({ km, slots }) => km / slots),
  );
  const groups = new Map<string, Vehicle[]>();
  const watched = new Set<string>();
  for (const vehicle of problem.vehicles) {
    const battery = types.get(vehicle.type)?.battery;
    const lasts =
      !battery ||
      (vehicle.charge_kwh ?? battery.capacity_kwh) - battery.reserve_kwh >=
        // Everything that leaves within the horizon counts as a whole.
        (problem.grid.count + longest) * kmPerSlot * battery.kwh_per_km;
    const key = lasts
      ? JSON.stringify([vehicle.type, vehicle.until_slot ?? null, vehicle.call_out_cost ?? 0])
      : JSON.stringify([vehicle.id]);
    if (!lasts) watched.add(key);
    const group = groups.get(key);
    if (group) group.push(vehicle);
    else groups.set(key, [vehicle]);
  }
  return [...groups].flatMap(([key, vehicles]) => {
    const [first] = vehicles;
    const type = first && types.get(first.type);
    if (!first || !type) return [];
    return [
      {
        type,
        vehicles,
        untilSlot: first.until_slot ?? problem.grid.count + longest,
        callOutCost: first.call_out_cost ?? 0,
        watched: watched.has(key),
      },
    ];
  });
};

/** People that fit into a vehicle. */
export const capacityOf = ({ seats, standing }: VehicleType): number => seats + standing;
