import { slotStart } from '#libs/kernel';
import type { Departure } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import type { DepartureCounts } from './fleet.js';

interface VehicleState {
  readonly vehicle: string;
  readySlot: number;
  line: string | undefined;
}

/**
 * Gives each departure a vehicle that is ready: one that last drove this line if there is one, else one that has no
 * line yet, else any; among equals the one ready longest. Since trips are intervals, this never lacks a vehicle
 * when the fleet limit holds in each slot; it throws when it does not.
 */
export const assignVehicles = (problem: DispatchProblem, departures: DepartureCounts): readonly Departure[] => {
  const states = startStates(problem);
  const assigned: Departure[] = [];
  for (let slot = 0; slot < problem.grid.count; slot += 1) {
    for (const [index, pattern] of problem.patterns.entries()) {
      for (let one = 0; one < (departures[index]?.[slot] ?? 0); one += 1) {
        const ready = states.filter(({ readySlot }) => readySlot <= slot);
        const rank = ({ line }: VehicleState): number => (line === pattern.line ? 0 : line === undefined ? 1 : 2);
        ready.sort((a, b) => rank(a) - rank(b) || a.readySlot - b.readySlot);
        const [chosen] = ready;
        if (!chosen) throw new Error(`No vehicle is ready for line ${pattern.line} in slot ${slot}.`);
        chosen.readySlot = slot + pattern.cycle_slots;
        chosen.line = pattern.line;
        assigned.push({
          line: pattern.line,
          pattern: pattern.pattern,
          departs_ms: slotStart(problem.grid, slot),
          vehicle: chosen.vehicle,
        });
      }
    }
  }
  return assigned;
};

const startStates = (problem: DispatchProblem): VehicleState[] => {
  const lastTrips = new Map<string, { readonly line: string; readonly slot: number }>();
  for (const { vehicle, line, slot } of problem.under_way) {
    if (slot >= (lastTrips.get(vehicle)?.slot ?? -Infinity)) lastTrips.set(vehicle, { line, slot });
  }
  return problem.vehicles.map((vehicle) => ({
    vehicle,
    readySlot: problem.ready_slot[vehicle] ?? -Infinity,
    line: lastTrips.get(vehicle)?.line,
  }));
};
