import type { Charge } from './charge.js';
import type { Cycle } from './cycle.js';
import { Arc, ARC_BITS, arcCode } from './moves.js';
import { nodeAt } from './network.js';
import type { ResidualNetwork } from './residual.js';
import type { Schedule } from './schedule.js';

/** A way to a node: the cheaper and the fuller are both kept. */
interface Label {
  readonly node: number;
  readonly cost: number;
  readonly kwh: number;
  readonly arc: number;
  readonly before: Label | undefined;
}

/** Ways kept at one node. */
const WIDTH = 8;

/**
 * The best tour of a vehicle whose battery may not last: a shortest path that knows the energy on board. Charging costs nothing, so whoever stands at a free charger charges.
 * The vehicle stands idle in the schedule when this is called.
 */
export const findWatchedTour = (schedule: Schedule, network: ResidualNetwork): Cycle | undefined => {
  const { vehicles } = network;
  const { classes, places, slots, sink } = schedule.compiled.network;
  const vehicleClass = classes[vehicles];
  const battery = vehicleClass?.type.battery;
  const [vehicle] = vehicleClass?.vehicles ?? [];
  const start = vehicleClass?.supply.findIndex((ready) => ready > 0) ?? -1;
  if (!vehicleClass || !battery || !vehicle || start < 0) return undefined;
  const labels = Array.from({ length: network.nodes }, (): Label[] => []);
  const isCalled = vehicleClass.callOutCost > 0;
  const first = isCalled ? sink + 1 + start : start;
  const kwh = vehicle.charge_kwh ?? battery.capacity_kwh;
  offer(labels[first], { node: first, cost: 0, kwh, arc: -1, before: undefined });
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

/** The tour, and the standing that it takes the place of. */
const tourOf = (schedule: Schedule, vehicles: number, end: Label, start: number, isCalled: boolean): Cycle => {
  const { places, sink } = schedule.compiled.network;
  const arcs: number[] = [];
  for (let label = end; label.before; label = label.before) arcs.unshift(label.arc);
  for (let node = start; node < sink; node += places) {
    arcs.push(arcCode(isCalled ? Arc.uncalledLess : Arc.standLess, node));
  }
  return { vehicles, arcs, estimate: end.cost };
};

const offer = (labels: Label[] | undefined, label: Label): void => {
  if (!labels || labels.some(({ cost, kwh }) => cost <= label.cost && kwh >= label.kwh)) return;
  const kept = labels.filter(({ cost, kwh }) => cost < label.cost || kwh > label.kwh);
  kept.push(label);
  kept.sort((a, b) => a.cost - b.cost);
  labels.splice(0, labels.length, ...kept.slice(0, WIDTH));
};

/**
 * What a watched vehicle charges on the way that the schedule has for it; undefined where its battery does not last. It charges
 * wherever it stands at a charger that is free, until its last departure.
 */
export const findCharges = (schedule: Schedule, vehicles: number): readonly Charge[] | undefined => {
  const { network } = schedule.compiled;
  const { places, slots, slotHours, sink } = network;
  const vehicleClass = network.classes[vehicles];
  const battery = vehicleClass?.type.battery;
  const start = vehicleClass?.supply.findIndex((ready) => ready > 0) ?? -1;
  if (!battery || start < 0) return [];
  let kwh = vehicleClass.vehicles[0]?.charge_kwh ?? battery.capacity_kwh;
  const charges: Charge[] = [];
  let needed = 0;
  for (let node = start; node < sink;) {
    const slot = Math.floor(node / places);
    const move = findMove(schedule, vehicles, node - slot * places, slot);
    if (move) {
      kwh -= move.km * battery.kwh_per_km;
      if (move.km > 0 && kwh < battery.reserve_kwh) return undefined;
      node = nodeAt(network, move.to, slot + move.taken);
      needed = charges.length;
      continue;
    }
    const kwhNow = Math.min(
      chargeRoom(schedule, vehicles, node),
      battery.charging_kw * slotHours,
      battery.capacity_kwh - kwh,
    );
    if (kwhNow > 0 && slot < slots) {
      charges.push({ place: node - slot * places, slot, kwh: kwhNow });
      kwh += kwhNow;
    }
    node += places;
  }
  return charges.slice(0, needed);
};

/** The trip or deadhead that leaves a place in a slot. */
const findMove = (
  schedule: Schedule,
  vehicles: number,
  place: number,
  slot: number,
): { readonly to: number; readonly taken: number; readonly km: number } | undefined => {
  const { patterns, deadheads, slots } = schedule.compiled.network;
  const pattern = patterns.find(
    ({ index, from }) => from === place && (schedule.trips[vehicles]?.[index * slots + slot] ?? 0) > 0,
  );
  if (pattern) return { to: pattern.to, taken: pattern.busy, km: pattern.km };
  const deadhead = deadheads.find(
    ({ from }, index) => from === place && (schedule.deadheads[vehicles]?.[index * slots + slot] ?? 0) > 0,
  );
  return deadhead && { to: deadhead.to, taken: deadhead.slots, km: deadhead.km };
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
