import type { Order } from './dispatcher.js';
import type { Roads } from './driving.js';
import type { Network } from './network.js';
import type { VehicleState } from './vehicle.js';

/** A driver finishes a trip that ends so much after his hours, not one that ends later, s. */
const OVERTIME_S = 300;

type Ride = Exclude<Order, { readonly kind: 'charge' }>;

const rideOf = (network: Network, roads: Roads, order: Ride) => {
  if (order.kind === 'trip') {
    const { value } = network.pattern(order.pattern);
    return { from: value.from_place, km: value.km, lastsS: roads.expectedTripS(value), types: value.types };
  }
  const { km, slots } = network.deadhead(order.from_place, order.to_place).value;
  return { from: order.from_place, km, lastsS: roads.expectedDeadheadS(slots), types: undefined };
};

/** Why a vehicle cannot drive as it is told now; undefined when it can. */
export const findRideRefusal = (
  { network, roads }: { readonly network: Network; readonly roads: Roads },
  vehicle: VehicleState,
  order: Ride,
  nowS: number,
): string | undefined => {
  const { place, type, untilS } = vehicle;
  const { from, km, lastsS, types } = rideOf(network, roads, order);
  if (from !== place) return `it is at ${place}, not at ${from}`;
  if (types && !types.includes(type.id)) return `no ${type.id} may drive there`;
  if (nowS + lastsS > untilS + OVERTIME_S) return 'its driver’s hours are over';
  return vehicle.reaches(km) ? undefined : 'its battery is too low';
};
