import { type SlotGrid, slotDuration } from '#libs/kernel';
import type { Ride } from '../problem/problem.js';
import { findStrategy } from './find-strategy.js';
import { splitTrip, type PassengerTrip, type TripLeg } from './split-trip.js';
import type { TransitNetwork } from './transit-network.js';

/** People of one group who want to go from one stop to another, whatever the line. */
export interface TripDemand {
  readonly group: string;
  readonly from_stop: string;
  readonly to_stop: string;
  /** They need an accessible place. Absent: no. */
  readonly accessible?: boolean;
  /** Who sets out in each slot, evenly over it. */
  readonly arrivals: readonly number[];
}

/** Demand on lines. For the people of the demand: first rides in the grid + `firstRidesLater` + walked + unreachable are all of them. */
export interface AssignedDemand {
  /** By line, group and stops; who comes to the stop in each slot. Rides after a transfer come when those who ride before are there in the mean. */
  readonly rides: readonly Pick<Ride, 'line' | 'group' | 'from_stop' | 'to_stop' | 'accessible' | 'arrivals'>[];
  /** Demand of people who go all of their way on foot, or are there already. */
  readonly walked: readonly TripDemand[];
  /** Demand with no way, or of a stop that the network lacks. */
  readonly unreachable: readonly TripDemand[];
  /** People whose first ride is in the grid. */
  readonly firstRides: number;
  /** People who walk to their first ride and come there past the grid. */
  readonly firstRidesLater: number;
  /** Rides after a transfer, past the grid, in people. */
  readonly transfersLater: number;
}

/** Splits demand over lines by the optimal strategies of its destinations. Every trip has one array entry a slot of the grid. */
export const assignDemand = (
  network: TransitNetwork,
  grid: SlotGrid,
  demand: readonly TripDemand[],
): AssignedDemand => {
  const slotS = slotDuration(grid);
  const rides = new Map<string, Spread>();
  const walked: TripDemand[] = [];
  const unreachable: TripDemand[] = [];
  let [firstRides, firstRidesLater, transfersLater] = [0, 0, 0];
  for (const [destination, own] of groupByDestination(demand)) {
    const tripFrom = tripsTo(network, destination);
    for (const one of own) {
      const trip = tripFrom(one.from_stop);
      if (trip.kind === 'unreachable') unreachable.push(one);
      if (trip.kind === 'walk') walked.push(one);
      if (trip.kind !== 'ride') continue;
      const people = one.arrivals.reduce((sum, count) => sum + count, 0);
      for (const leg of trip.legs) {
        const later = addShifted(
          rideOf(rides, one, leg, grid.count).arrivals,
          one.arrivals,
          leg.share,
          leg.comesS / slotS,
        );
        if (!leg.isFirst) transfersLater += later;
        else {
          firstRides += people * leg.share - later;
          firstRidesLater += later;
        }
      }
    }
  }
  return { rides: [...rides.values()], walked, unreachable, firstRides, firstRidesLater, transfersLater };
};

interface Spread extends Omit<AssignedDemand['rides'][number], 'arrivals'> {
  readonly arrivals: number[];
}

const groupByDestination = (demand: readonly TripDemand[]): ReadonlyMap<string, readonly TripDemand[]> => {
  const groups = new Map<string, TripDemand[]>();
  for (const one of demand) {
    const group = groups.get(one.to_stop);
    if (group) group.push(one);
    else groups.set(one.to_stop, [one]);
  }
  return groups;
};

/** Trips to one stop, each origin's looked for once. */
const tripsTo = (network: TransitNetwork, destination: string): ((from: string) => PassengerTrip) => {
  const end = network.stopIndex.get(destination);
  const strategy = end === undefined ? undefined : findStrategy(network, end);
  const trips = new Map<string, PassengerTrip>();
  return (from) => {
    const start = network.stopIndex.get(from);
    if (!strategy || start === undefined) return { kind: 'unreachable' };
    const trip = trips.get(from) ?? splitTrip(network, strategy, start);
    trips.set(from, trip);
    return trip;
  };
};

const rideOf = (rides: Map<string, Spread>, demand: TripDemand, leg: TripLeg, slots: number): Spread => {
  const { group, accessible } = demand;
  const key = JSON.stringify([leg.line, group, leg.fromStop, leg.toStop, accessible ?? false]);
  const ride = rides.get(key) ?? {
    line: leg.line,
    group,
    from_stop: leg.fromStop,
    to_stop: leg.toStop,
    ...(accessible && { accessible }),
    arrivals: new Array<number>(slots).fill(0),
  };
  rides.set(key, ride);
  return ride;
};

/** Adds a share of the people, who come so many slots later; those past the end are returned. Who comes evenly over a slot comes evenly later too, so a part of a slot goes to the next one. */
const addShifted = (arrivals: number[], people: readonly number[], share: number, slots: number): number => {
  const whole = Math.floor(slots);
  const part = slots - whole;
  let later = 0;
  people.forEach((count, slot) => {
    for (const [target, weight] of [
      [slot + whole, 1 - part],
      [slot + whole + 1, part],
    ] as const) {
      const moved = count * share * weight;
      if (target < arrivals.length) arrivals[target] = (arrivals[target] ?? 0) + moved;
      else later += moved;
    }
  });
  return later;
};
