import type { Activity, DispatchPlan, DispatchProblem } from './contract.js';
import { type DemandDay, forecastAt } from './demand-day.js';
import type { Dispatcher, Order, Orders, ShuttleView } from './dispatcher.js';
import type { Roads } from './driving.js';
import { followCounts } from './follow-counts.js';
import { Network } from './network.js';
import { type ExpectedVehicle, projectFleet } from './project-fleet.js';
import { projectQueues } from './project-queues.js';
import { buildRollingProblem } from './rolling-problem.js';

export type Planner = (problem: DispatchProblem) => Promise<DispatchPlan>;

export interface RollingOptions {
  readonly instance: DispatchProblem;
  readonly roads: Roads;
  readonly demand: Pick<DemandDay, 'forecasts'>;
  readonly planner: Planner;
  readonly every_s: number;
  /** What begins so soon is not changed any more. */
  readonly frozen_s: number;
  /** How far a plan reaches, slots. */
  readonly horizon_slots: number;
}

/** Plans anew every so often from what is known then. The first plan is made before the day begins, and may change all of it. */
export const rollingPlanner = (options: RollingOptions): Dispatcher => {
  const { instance, roads, demand, planner } = options;
  const known = { instance, roads, network: new Network(instance) };
  const slotS = instance.grid.slotMs / 1000;
  let planned = false;
  return {
    every_s: options.every_s,
    decide: async (view) => {
      const slot = planned ? Math.ceil((view.now_s + options.frozen_s) / slotS) : 0;
      const people = followCounts(forecastAt(demand, view.now_s), instance, view);
      const { vehicles, trips } = projectFleet(known, view, slot * slotS);
      const inputs = { nowS: view.now_s, planS: slot * slotS, queues: view.queues };
      const plan = await planner(
        buildRollingProblem(instance, {
          slot,
          count: options.horizon_slots,
          people,
          waiting: projectQueues(known, people, trips, inputs),
          vehicles,
          trips,
          announced: planned ? view.vehicles.flatMap(({ told }) => told) : undefined,
          made: countMade(view, vehicles),
        }),
      );
      planned = true;
      return toOrders(plan, vehicles, slot, slotS);
    },
  };
};

/** Departures of each pattern that were made, or will be before the plan. */
const countMade = (view: ShuttleView, vehicles: readonly ExpectedVehicle[]): ReadonlyMap<string, number> => {
  const made = new Map<string, number>();
  const count = (pattern: string) => void made.set(pattern, (made.get(pattern) ?? 0) + 1);
  for (const { pattern } of view.departures) count(pattern);
  for (const { kept } of vehicles) for (const order of kept) if (order.kind === 'trip') count(order.pattern);
  return made;
};

const toOrders = (plan: DispatchPlan, vehicles: readonly ExpectedVehicle[], slot: number, slotS: number): Orders => {
  const blocks = new Map(plan.blocks.map(({ vehicle, activities }) => [vehicle, activities]));
  return new Map(
    vehicles.map(({ vehicle, kept }) => {
      const activities = blocks.get(vehicle.id) ?? [];
      return [vehicle.id, [...kept, ...activities.map((activity) => toOrder(activity, slot, slotS))]];
    }),
  );
};

const toOrder = (activity: Activity, slot: number, slotS: number): Order => {
  const at_s = (slot + activity.slot) * slotS;
  if (activity.kind === 'trip') return { kind: 'trip', pattern: activity.pattern, at_s };
  if (activity.kind === 'charge') {
    const { place, kwh, until_slot } = activity;
    return { kind: 'charge', place, kwh, at_s, until_s: (slot + until_slot) * slotS };
  }
  return { kind: 'deadhead', from_place: activity.from_place, to_place: activity.to_place, at_s };
};
