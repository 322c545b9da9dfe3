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
  const farthest = problem.vehicle_types.some(({ battery }) => battery) ? farthestKm(problem) : undefined;
  const groups = new Map<string, Vehicle[]>();
  const watched = new Set<string>();
  for (const vehicle of problem.vehicles) {
    const battery = types.get(vehicle.type)?.battery;
    const lasts =
      !battery ||
      (vehicle.charge_kwh ?? battery.capacity_kwh) - battery.reserve_kwh >=
        (farthest?.(vehicle.place, vehicle.ready_slot) ?? 0) * battery.kwh_per_km;
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

/**
 * The most km that a vehicle can drive from a place on when it is ready there in a slot: the longest path through places and slots, which all go forward. What leaves
 * within the horizon counts as a whole.
 */
const farthestKm = ({ grid, places, patterns, deadheads }: DispatchProblem) => {
  const index = new Map(places.map(({ id }, place) => [id, place]));
  const drives = [...patterns.map(({ busy_slots, ...one }) => ({ ...one, slots: busy_slots })), ...deadheads].map(
    ({ from_place, to_place, slots, km }) => ({
      from: index.get(from_place) ?? -1,
      to: index.get(to_place) ?? -1,
      slots,
      km,
    }),
  );
  const after = Array.from({ length: grid.count + 1 }, () => new Float64Array(places.length));
  for (let slot = grid.count - 1; slot >= 0; slot -= 1) {
    const most = after[slot];
    if (!most) continue;
    most.set(after[slot + 1] ?? []);
    for (const { from, to, slots, km } of drives)
      most[from] = Math.max(most[from] ?? 0, km + (after[slot + slots]?.[to] ?? 0));
  }
  return (place: string, slot: number): number => after[Math.max(0, slot)]?.[index.get(place) ?? -1] ?? 0;
};

/** People that fit into a vehicle. */
export const capacityOf = ({ seats, standing }: VehicleType): number => seats + standing;
