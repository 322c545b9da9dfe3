import { capacityOf } from '../problem/classes.js';
import type { DispatchProblem } from '../problem/problem.js';

/** Vehicles of one pattern and slot of departure that are under way. */
export interface UnderWayRoom {
  readonly vehicles: number;
  readonly capacity: number;
  readonly accessible: number;
}

const NONE: UnderWayRoom = { vehicles: 0, capacity: 0, accessible: 0 };

/** Room under way of each pattern, by slot of departure. */
export const underWayRoom = (problem: DispatchProblem): readonly ReadonlyMap<number, UnderWayRoom>[] => {
  const types = new Map(problem.vehicle_types.map((type) => [type.id, type]));
  const patterns = new Map(problem.patterns.map(({ pattern }, index) => [pattern, index]));
  const room = problem.patterns.map(() => new Map<number, UnderWayRoom>());
  for (const { pattern, type, slot } of problem.under_way) {
    const slots = room[patterns.get(pattern) ?? -1];
    const vehicle = types.get(type);
    if (!slots || !vehicle) continue;
    const { vehicles, capacity, accessible } = slots.get(slot) ?? NONE;
    slots.set(slot, {
      vehicles: vehicles + 1,
      capacity: capacity + capacityOf(vehicle),
      accessible: accessible + vehicle.accessible,
    });
  }
  return room;
};
