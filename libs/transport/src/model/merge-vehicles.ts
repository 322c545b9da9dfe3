import { classesOf } from '../problem/classes.js';
import type { DispatchProblem, Vehicle } from '../problem/problem.js';

/** A problem whose optimum is a lower bound of the original's, and its class for each class of the original. */
export interface MergedProblem {
  readonly problem: DispatchProblem;
  readonly classOf: readonly number[];
}

/**
 * One class a vehicle type: duties do not end, calling out is free, batteries last. Every plan of the original is a plan of the merged problem, at no
 * higher cost: what is left out are limits and a price. So the optimum of the merged problem, and every lower bound of it, bounds the original from below.
 */
export const mergeVehicles = (problem: DispatchProblem): MergedProblem => {
  const merged: DispatchProblem = {
    ...problem,
    vehicle_types: problem.vehicle_types.map(({ battery: _, ...type }) => type),
    vehicles: problem.vehicles.map(({ id, type, place, ready_slot }): Vehicle => ({ id, type, place, ready_slot })),
  };
  const types = classesOf(merged).map(({ type }) => type.id);
  return { problem: merged, classOf: classesOf(problem).map(({ type }) => types.indexOf(type.id)) };
};
