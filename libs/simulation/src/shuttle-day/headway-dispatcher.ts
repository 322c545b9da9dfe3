import type { DispatchProblem } from './contract.js';
import type { Dispatcher, Order, Orders, ShuttleView, VehicleView } from './dispatcher.js';
import type { Roads } from './driving.js';
import type { TimetableDeparture } from './headway-timetable.js';
import { Network } from './network.js';

/** Departures are given vehicles so long ahead, s: longer than any empty ride. */
const AHEAD_S = 1800;
/** And the dispatcher looks again this often, s. */
const EVERY_S = 60;
/** Overdue for so long, a departure is cancelled, s. On made days people wait longer when it is cancelled as soon as the next one is due: dense lines would lose theirs to sparse ones. */
const CANCELLED_S = 900;

/** A vehicle as it will be when it has done what it is told so far. */
interface Plan {
  readonly id: string;
  readonly type: string;
  readonly untilS: number;
  place: string;
  freeS: number;
  km: number;
  readonly reachKm: number;
  readonly orders: Order[];
}

interface Choice {
  readonly plan: Plan;
  readonly leavesS: number;
  readonly emptyS: number;
  readonly emptyKm: number;
}

/**
 * Drives a timetable as a good dispatcher would without looking at queues: departures in the order in which they are due, each with the vehicle that lets it leave
 * early after a short empty ride, of equals the one that stands longest. What is overdue leaves late, after a quarter of an hour it is cancelled.
 */
export const headwayDispatcher = (
  instance: DispatchProblem,
  roads: Roads,
  timetable: readonly TimetableDeparture[],
): Dispatcher => {
  const network = new Network(instance);
  const begun = new Set<string>();
  let noted = 0;
  return {
    every_s: EVERY_S,
    decide: (view) => {
      for (const { pattern, due_s } of view.departures.slice(noted)) begun.add(keyOf(pattern, due_s));
      noted = view.departures.length;
      const due = timetable.filter(
        ({ pattern, at_s }) =>
          at_s <= view.now_s + AHEAD_S && at_s > view.now_s - CANCELLED_S && !begun.has(keyOf(pattern, at_s)),
      );
      return Promise.resolve(assign(instance, network, roads, view, due));
    },
  };
};

const keyOf = (pattern: string, atS: number): string => `${pattern} ${atS}`;

const assign = (
  instance: DispatchProblem,
  network: Network,
  roads: Roads,
  view: ShuttleView,
  due: readonly TimetableDeparture[],
): Orders => {
  const slotS = instance.grid.slotMs / 1000;
  const plans = instance.vehicles.flatMap((vehicle, index) => {
    const seen = view.vehicles[index];
    if (!seen) return [];
    const untilS = vehicle.until_slot === undefined ? Infinity : vehicle.until_slot * slotS;
    return [planOf(seen, vehicle.type, untilS, network)];
  });
  for (const { pattern, at_s } of due) {
    const way = network.pattern(pattern).value;
    const tripS = roads.expectedTripS(way);
    let best: Choice | undefined;
    for (const plan of plans) {
      if (way.types && !way.types.includes(plan.type)) continue;
      const choice = chooseOf(plan, way.from_place, at_s, network, roads);
      if (!choice || plan.km + choice.emptyKm + way.km > plan.reachKm) continue;
      if (choice.leavesS + tripS > plan.untilS) continue;
      if (isBetter(choice, best)) best = choice;
    }
    if (!best) continue;
    const { plan, leavesS, emptyS, emptyKm } = best;
    if (plan.place !== way.from_place) {
      const at = Math.max(view.now_s, plan.freeS, leavesS - emptyS);
      plan.orders.push({ kind: 'deadhead', from_place: plan.place, to_place: way.from_place, at_s: at });
    }
    plan.orders.push({ kind: 'trip', pattern, at_s });
    plan.place = way.to_place;
    plan.freeS = leavesS + tripS;
    plan.km += emptyKm + way.km;
  }
  return new Map(plans.map(({ id, orders }) => [id, orders]));
};

const planOf = (
  { id, place, ready_s, charge_kwh }: VehicleView,
  type: string,
  untilS: number,
  network: Network,
): Plan => {
  const { battery } = network.type(type);
  const reachKm =
    battery && charge_kwh !== undefined ? (charge_kwh - battery.reserve_kwh) / battery.kwh_per_km : Infinity;
  return { id, type, untilS, place, freeS: ready_s, km: 0, reachKm, orders: [] };
};

const chooseOf = (plan: Plan, from: string, atS: number, network: Network, roads: Roads): Choice | undefined => {
  if (plan.place === from) return { plan, leavesS: Math.max(atS, plan.freeS), emptyS: 0, emptyKm: 0 };
  const way = network.findDeadhead(plan.place, from)?.value;
  if (!way) return undefined;
  const emptyS = roads.expectedDeadheadS(way.slots);
  return { plan, leavesS: Math.max(atS, plan.freeS + emptyS), emptyS, emptyKm: way.km };
};

/** Later by a second is as bad as two seconds of empty driving. */
const isBetter = (choice: Choice, best: Choice | undefined): boolean => {
  if (!best) return true;
  const badness = ({ leavesS, emptyS }: Choice): number => leavesS + emptyS / 2;
  if (badness(choice) !== badness(best)) return badness(choice) < badness(best);
  return choice.plan.freeS < best.plan.freeS;
};
