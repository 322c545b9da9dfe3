import type { DispatchProblem, Vehicle } from './contract.js';
import type { Order, ShuttleView, VehicleView } from './dispatcher.js';
import type { Roads } from './driving.js';
import type { Known, Network } from './network.js';
import type { PatternProblem } from './contract.js';

/** A trip that is under way, or will have begun when a plan begins. */
export interface ExpectedTrip {
  readonly pattern: Known<PatternProblem>;
  readonly vehicle: Vehicle;
  /** The next call that it makes, and when: calls before it are made. */
  readonly call: number;
  readonly callS: number;
  /** When it left, or will leave, its first stop as far as calls to come go by it. */
  readonly leavesS: number;
  /** People aboard now by the call at which they get off. */
  readonly aboard: readonly number[];
}

/** A vehicle when what it is told before a plan begins is done. */
export interface ExpectedVehicle {
  readonly vehicle: Vehicle;
  readonly place: string;
  readonly freeS: number;
  readonly chargeKwh: number | undefined;
  readonly calledOut: boolean;
  readonly kept: readonly Order[];
}

/** An order that would begin so late is given up with those that follow: its vehicle broke down. Seconds. */
const GIVEN_UP_S = 600;

/** Vehicles and trips as they are expected when a plan begins: orders that begin before it are kept. */
export const projectFleet = (
  {
    instance,
    network,
    roads,
  }: { readonly instance: DispatchProblem; readonly network: Network; readonly roads: Roads },
  view: ShuttleView,
  planS: number,
): { readonly vehicles: readonly ExpectedVehicle[]; readonly trips: readonly ExpectedTrip[] } => {
  const trips: ExpectedTrip[] = [];
  const vehicles = instance.vehicles.flatMap((vehicle, index) => {
    const seen = view.vehicles[index];
    if (!seen) return [];
    const underWay = tripOf(vehicle, seen, network, roads);
    if (underWay) trips.push(underWay);
    const kept: Order[] = [];
    let { place, ready_s: freeS, charge_kwh: chargeKwh } = seen;
    const { battery } = network.type(vehicle.type);
    const drive = (km: number, lastsS: number, to: string, from: number): void => {
      if (battery && chargeKwh !== undefined) chargeKwh -= km * battery.kwh_per_km;
      freeS = from + lastsS;
      place = to;
    };
    for (const order of seen.told) {
      const fromS = Math.max(freeS, order.at_s);
      if (order.at_s >= planS || fromS - order.at_s > GIVEN_UP_S) break;
      kept.push(order);
      if (order.kind === 'charge') {
        freeS = Math.max(fromS, order.until_s);
        if (battery && chargeKwh !== undefined) chargeKwh = Math.min(battery.capacity_kwh, chargeKwh + order.kwh);
      } else if (order.kind === 'deadhead') {
        const { km, slots } = network.deadhead(order.from_place, order.to_place).value;
        drive(km, roads.expectedDeadheadS(slots), order.to_place, fromS);
      } else {
        const pattern = network.pattern(order.pattern);
        const aboard = pattern.value.stops.map(() => 0);
        trips.push({ pattern, vehicle, call: 0, callS: fromS, leavesS: fromS, aboard });
        drive(pattern.value.km, roads.expectedTripS(pattern.value), pattern.value.to_place, fromS);
      }
    }
    return [{ vehicle, place, freeS, chargeKwh, calledOut: seen.called_out || kept.length > 0, kept }];
  });
  return { vehicles, trips };
};

const tripOf = (vehicle: Vehicle, { trip }: VehicleView, network: Network, roads: Roads): ExpectedTrip | undefined => {
  if (!trip) return undefined;
  const pattern = network.pattern(trip.pattern);
  const { next_call: call, next_call_s: callS, aboard } = trip;
  return { pattern, vehicle, call, callS, leavesS: callS - roads.expectedRideS(pattern.value, 0, call), aboard };
};
