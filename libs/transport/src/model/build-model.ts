import { SparseBuilder } from '#libs/lp';
import { classesOf } from '../problem/classes.js';
import type { DispatchProblem } from '../problem/problem.js';
import { addDepartures } from './add-departures.js';
import { addFleet } from './add-fleet.js';
import { addLimits } from './add-limits.js';
import { addPassengers } from './add-passengers.js';
import { addCapacityCuts } from './capacity-cuts.js';
import type { DispatchModel } from './dispatch-index.js';
import { addHeadwayCuts } from './headway-cuts.js';

export interface DispatchModelOptions {
  /** Trips, deadheads, calls and plugs are whole. Default true. */
  readonly integer?: boolean;
  /** With inequalities that every whole plan holds and the relaxation does not. Default false. */
  readonly cuts?: boolean;
}

/** The integer model of `docs/dispatch-model.md`. The problem must be valid. To do nothing is a solution of it. */
export const buildDispatchModel = (
  problem: DispatchProblem,
  { integer = true, cuts = false }: DispatchModelOptions = {},
): DispatchModel => {
  const builder = new SparseBuilder('dispatch');
  const classes = classesOf(problem);
  const fleet = addFleet(builder, problem, classes, integer);
  const depart = addDepartures(builder, problem, fleet.trip);
  const passengers = addPassengers(builder, problem, { trip: fleet.trip, classes });
  const limits = addLimits(builder, problem, depart);
  const index = { slots: problem.grid.count, classes, ...fleet, depart, ...passengers, ...limits };
  if (cuts) {
    addHeadwayCuts(builder, problem, index);
    addCapacityCuts(builder, problem, index);
  }
  return { model: builder.build(), index };
};
