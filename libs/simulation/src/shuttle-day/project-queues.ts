import type { DispatchProblem } from './contract.js';
import type { RidePeople } from './demand-day.js';
import type { Roads } from './driving.js';
import { ExpectedStops } from './expected-stops.js';
import type { Network } from './network.js';
import type { ExpectedTrip } from './project-fleet.js';

/** Who is expected to wait when a plan begins: those who wait now and come until then, less those whom trips take along that call before it. One number a ride. */
export const projectQueues = (
  {
    instance,
    network,
    roads,
  }: { readonly instance: DispatchProblem; readonly network: Network; readonly roads: Roads },
  people: readonly RidePeople[],
  trips: readonly ExpectedTrip[],
  { nowS, planS, queues }: { readonly nowS: number; readonly planS: number; readonly queues: readonly number[] },
): readonly number[] => {
  const stops = new ExpectedStops(instance.rides, people, instance.grid.slotMs / 1000, nowS, queues);
  const calls = trips
    .flatMap((trip) => {
      const { seats, standing, accessible } = network.type(trip.vehicle.type);
      const aboard = [...trip.aboard];
      const vehicle = { aboard, places: seats + standing - sum(aboard), accessible };
      return trip.pattern.value.stops.flatMap((_, call) =>
        call < trip.call
          ? []
          : [{ trip, vehicle, call, atS: trip.callS + roads.expectedRideS(trip.pattern.value, trip.call, call) }],
      );
    })
    .filter(({ atS }) => atS < planS)
    .sort((a, b) => a.atS - b.atS);
  for (const { trip, vehicle, call, atS } of calls) {
    vehicle.places += vehicle.aboard[call] ?? 0;
    vehicle.aboard[call] = 0;
    const tiers = network.boardable(trip.pattern, call);
    vehicle.places = stops.board(tiers, vehicle.places, vehicle.accessible, atS, ({ alight }, boarded) => {
      vehicle.aboard[alight] = (vehicle.aboard[alight] ?? 0) + boarded;
    });
  }
  return instance.rides.map((_, ride) => stops.waitingAt(ride, planS));
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
