import type { Cycle } from './cycle-search.js';
import { Arc, ARC_BITS, arcCode } from './moves.js';
import { ResidualNetwork } from './residual.js';
import type { Schedule } from './schedule.js';

/** Energy taken by one vehicle in one slot. */
export interface Charge {
  readonly place: number;
  readonly slot: number;
  readonly kwh: number;
}

/** A tour of one vehicle and what it charges on it. */
export interface WatchedTour {
  readonly cycle: Cycle;
  readonly charges: readonly Charge[];
}

/** A way to a node: the cheaper and the fuller are both kept. */
interface Label {
  readonly node: number;
  readonly cost: number;
  readonly kwh: number;
  readonly arc: number;
  readonly charged: number;
  readonly before: Label | undefined;
}

/** Ways kept at one node. */
const WIDTH = 8;

/**
 * The best tour of a vehicle whose battery may not last: a shortest path that knows the energy on board. Charging costs nothing, so whoever stands at a free charger charges.
 * The vehicle stands idle in the schedule when this is called.
 */
export const findWatchedTour = (schedule: Schedule, vehicles: number): WatchedTour | undefined => {
  const { classes, places, slots, sink } = schedule.compiled.network;
  const vehicleClass = classes[vehicles];
  const battery = vehicleClass?.type.battery;
  const [vehicle] = vehicleClass?.vehicles ?? [];
  const start = vehicleClass?.supply.findIndex((ready) => ready > 0) ?? -1;
  if (!vehicleClass || !battery || !vehicle || start < 0) return undefined;
  const network = new ResidualNetwork(schedule, vehicles);
  const labels = Array.from({ length: network.nodes }, (): Label[] => []);
  const isCalled = vehicleClass.callOutCost > 0;
  const first = isCalled ? sink + 1 + start : start;
  const kwh = vehicle.charge_kwh ?? battery.capacity_kwh;
  offer(labels[first], { node: first, cost: 0, kwh, arc: -1, charged: 0, before: undefined });
  const relax = (node: number): void => {
    for (const label of labels[node] ?? []) {
      const count = network.listForward(node);
      for (let index = 0; index < count; index += 1) {
        const arc = network.arc[index] ?? 0;
        const taken = energyOf(schedule, arc) * battery.kwh_per_km;
        if (taken > 0 && label.kwh - taken < battery.reserve_kwh) continue;
        const room = (arc & 15) === Arc.stand ? chargeRoom(schedule, vehicles, arc >> ARC_BITS) : 0;
        const charged = Math.max(
          0,
          Math.min(room, battery.charging_kw * schedule.compiled.network.slotHours, battery.capacity_kwh - label.kwh),
        );
        offer(labels[network.head[index] ?? 0], {
          node: network.head[index] ?? 0,
          cost: label.cost + (network.cost[index] ?? 0),
          kwh: label.kwh - taken + charged,
          arc,
          charged,
          before: label,
        });
      }
    }
  };
  for (let slot = 0; slot < slots; slot += 1) {
    if (isCalled) for (let place = 0; place < places; place += 1) relax(sink + 1 + slot * places + place);
    for (let place = 0; place < places; place += 1) relax(slot * places + place);
  }
  const best = labels[sink]?.reduce((a, b) => (b.cost < a.cost ? b : a));
  return best && tourOf(schedule, vehicles, best, start, isCalled);
};

const tourOf = (schedule: Schedule, vehicles: number, end: Label, start: number, isCalled: boolean): WatchedTour => {
  const { places, slots } = schedule.compiled.network;
  const arcs: number[] = [];
  const charges: Charge[] = [];
  let moves = false;
  for (let label: Label | undefined = end; label?.before; label = label.before) {
    const kind = label.arc & 15;
    arcs.push(label.arc);
    if (kind === Arc.trip || kind === Arc.deadhead) moves = true;
    const node = label.arc >> ARC_BITS;
    // What is charged after the last departure serves nothing here.
    if (moves && label.charged > 0)
      charges.push({ place: node % places, slot: Math.floor(node / places), kwh: label.charged });
  }
  arcs.reverse();
  charges.reverse();
  for (let node = start; node < slots * places; node += places) {
    arcs.push(arcCode(isCalled ? Arc.uncalledLess : Arc.standLess, node));
  }
  return { cycle: { vehicles, arcs, estimate: end.cost }, charges };
};

const offer = (labels: Label[] | undefined, label: Label): void => {
  if (!labels || labels.some(({ cost, kwh }) => cost <= label.cost && kwh >= label.kwh)) return;
  const kept = labels.filter(({ cost, kwh }) => cost < label.cost || kwh > label.kwh);
  kept.push(label);
  kept.sort((a, b) => a.cost - b.cost);
  labels.splice(0, labels.length, ...kept.slice(0, WIDTH));
};

/** Kilometres of an arc. */
const energyOf = (schedule: Schedule, arc: number): number => {
  const { patterns, deadheads, slots } = schedule.compiled.network;
  const index = Math.floor((arc >> ARC_BITS) / slots);
  if ((arc & 15) === Arc.trip) return patterns[index]?.km ?? 0;
  return (arc & 15) === Arc.deadhead ? (deadheads[index]?.km ?? 0) : 0;
};

/** Energy that chargers at a node still give in its slot beside what others charge, kWh. */
const chargeRoom = (schedule: Schedule, vehicles: number, node: number): number => {
  const { problem, network } = schedule.compiled;
  const slot = Math.floor(node / network.places);
  const place = node - slot * network.places;
  const { chargers = 0, charging_kw = Infinity } = problem.places[place] ?? {};
  let [plugs, left] = [chargers, charging_kw * network.slotHours];
  for (const [other, charges] of schedule.charges.entries()) {
    if (other === vehicles) continue;
    for (const charge of charges) {
      if (charge.place !== place || charge.slot !== slot) continue;
      plugs -= 1;
      left -= charge.kwh;
    }
  }
  return plugs > 0 ? left : 0;
};
