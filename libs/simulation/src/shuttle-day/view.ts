import type { VehicleView } from './dispatcher.js';
import type { Roads } from './driving.js';
import { normalOf, uniformOf } from './seeded.js';
import type { Trip, VehicleState } from './vehicle.js';

/** Sensors miss or add about so much of a queue. */
const SENSOR_SPREAD = 0.05;

/** What sensors count of the people who really wait, one number a ride. */
export const countQueues = (waiting: readonly number[], seed: number, nowS: number): readonly number[] =>
  waiting.map((people, ride) => {
    const error = normalOf(uniformOf(seed, ride, nowS, 3), uniformOf(seed, ride, nowS, 4));
    return Math.max(0, Math.round(people * (1 + SENSOR_SPREAD * error)));
  });

/** What is known of a vehicle: where it is, and when it is expected to be free. */
export const viewVehicle = (roads: Roads, vehicle: VehicleState, nowS: number): VehicleView => {
  const { trip, place, chargeKwh, calledOut, brokenUntilS, readyS, orders } = vehicle;
  const expectedS = trip ? trip.callLeftS + roads.expectedTripS(trip.pattern.value, trip.call) : readyS;
  return {
    id: vehicle.vehicle.id,
    place,
    ready_s: Math.max(nowS, brokenUntilS, expectedS),
    charge_kwh: chargeKwh,
    called_out: calledOut,
    trip: trip && viewTrip(roads, trip, nowS),
    told: orders,
  };
};

const viewTrip = (roads: Roads, { pattern, leftS, call, callLeftS, aboard }: Trip, nowS: number) => ({
  pattern: pattern.value.pattern,
  left_s: leftS,
  next_call: call + 1,
  next_call_s: Math.max(nowS, callLeftS + roads.expectedLegS(pattern.value, call)),
  aboard: pattern.value.stops.map((_, index) => aboard.filter(({ alight }) => alight === index).length),
});

/** People who come in each slot, a list a ride. */
export const countComing = (
  comesS: readonly (readonly number[])[],
  slotS: number,
  slots: number,
): readonly (readonly number[])[] =>
  comesS.map((times) => {
    const counts = new Array<number>(slots).fill(0);
    for (const time of times) {
      const slot = Math.min(slots - 1, Math.floor(time / slotS));
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    return counts;
  });
