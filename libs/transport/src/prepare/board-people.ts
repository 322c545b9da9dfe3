import type { Boarding } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem, Ride } from '../problem/problem.js';

/** Vehicles that leave on a pattern in a slot; before the horizon or in it. */
export interface Leaving {
  readonly pattern: string;
  readonly type: string;
  readonly slot: number;
}

export interface People {
  readonly boardings: readonly Boarding[];
  /** By ride: who waits at the end of each slot. */
  readonly queues: readonly (readonly number[])[];
}

interface Service {
  readonly pattern: PatternProblem;
  readonly slot: number;
  places: number;
  accessible: number;
  /** By ride. */
  readonly aboard: Map<number, number>;
}

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-9;

/**
 * Who boards what when these departures leave. At each call the group whose waiting costs most boards first, equal ones share the places in proportion to who waits;
 * who comes in a slot may board from the next one on; who changes at the terminus of a loop in the slot in which he alights.
 */
export const boardPeople = (problem: DispatchProblem, departures: readonly Leaving[]): People => {
  const { grid, rides, groups } = problem;
  const prices = new Map(groups.map(({ id, waiting_cost_per_hour }) => [id, waiting_cost_per_hour]));
  const services = gather(problem, departures);
  const waiting = rides.map((ride) => ride.waiting);
  const queues = rides.map(() => new Array<number>(grid.count).fill(0));
  const boardings: Boarding[] = [];
  const callsOf = listCalls(rides, (ride) => prices.get(ride.group) ?? 0);
  for (let slot = 0; slot < grid.count; slot += 1) {
    for (const service of services) {
      for (const { offset, alighting, levels } of callsOf(service.pattern)) {
        if (service.slot + offset !== slot) continue;
        for (const [ride, people] of service.aboard) {
          if (!alighting.has(ride)) continue;
          const { then, accessible } = rides[ride] ?? {};
          service.aboard.delete(ride);
          service.places += people;
          if (accessible === true) service.accessible += people;
          if (then !== undefined) waiting[then] = (waiting[then] ?? 0) + people;
        }
        for (const level of levels) {
          for (const [ride, people] of share(level, waiting, rides, service)) {
            waiting[ride] = (waiting[ride] ?? 0) - people;
            service.aboard.set(ride, people);
            service.places -= people;
            if (rides[ride]?.accessible === true) service.accessible -= people;
            boardings.push({ ride, pattern: service.pattern.pattern, slot: service.slot, people });
          }
        }
      }
    }
    for (const [ride, { arrivals }] of rides.entries()) {
      waiting[ride] = (waiting[ride] ?? 0) + (arrivals[slot] ?? 0);
      const row = queues[ride];
      if (row) row[slot] = waiting[ride] ?? 0;
    }
  }
  return { boardings, queues };
};

/** A call of a pattern, and the rides of its line that use it. */
interface Call {
  /** Slots after departure. */
  readonly offset: number;
  readonly alighting: ReadonlySet<number>;
  /** Who boards, equals together, the dearest first. */
  readonly levels: readonly (readonly number[])[];
}

/** The calls of each pattern, worked out once. */
const listCalls = (
  rides: readonly Ride[],
  priceOf: (ride: Ride) => number,
): ((pattern: PatternProblem) => readonly Call[]) => {
  const known = new Map<PatternProblem, readonly Call[]>();
  return (pattern) => {
    const calls = known.get(pattern) ?? callsOn(pattern, rides, priceOf);
    known.set(pattern, calls);
    return calls;
  };
};

const callsOn = (pattern: PatternProblem, rides: readonly Ride[], priceOf: (ride: Ride) => number): readonly Call[] => {
  const own = [...rides.entries()].flatMap(([index, ride]) => {
    const span = ride.line === pattern.line ? spanOf(pattern, ride) : undefined;
    return span ? [{ index, price: priceOf(ride), ...span }] : [];
  });
  return pattern.stops.map(({ offset_slots }, call): Call => {
    const boarding = own.filter(({ board }) => board === call);
    const prices = [...new Set(boarding.map(({ price }) => price))].sort((a, b) => b - a);
    return {
      offset: offset_slots,
      alighting: new Set(own.flatMap(({ index, alight }) => (alight === call ? [index] : []))),
      levels: prices.map((price) => boarding.flatMap((one) => (one.price === price ? [one.index] : []))),
    };
  });
};

/** All vehicles of a pattern and slot together, the oldest departures first. */
const gather = ({ patterns, vehicle_types }: DispatchProblem, departures: readonly Leaving[]): readonly Service[] => {
  const types = new Map(vehicle_types.map((type) => [type.id, type]));
  const services = new Map<string, Service>();
  for (const { pattern: id, type, slot } of departures) {
    const pattern = patterns.find((one) => one.pattern === id);
    const kind = types.get(type);
    if (!pattern || !kind) continue;
    const key = `${slot} ${id}`;
    const service = services.get(key) ?? { pattern, slot, places: 0, accessible: 0, aboard: new Map() };
    service.places += kind.seats + kind.standing;
    service.accessible += kind.accessible;
    services.set(key, service);
  }
  return [...services.values()].sort((a, b) => a.slot - b.slot);
};

/** The calls between which a ride uses a pattern: the shortest way, the earliest of equals. */
const spanOf = (
  { stops }: PatternProblem,
  ride: Ride,
): { readonly board: number; readonly alight: number } | undefined => {
  let best: { readonly board: number; readonly alight: number; readonly slots: number } | undefined;
  for (const [board, from] of stops.entries()) {
    if (from.stop !== ride.from_stop) continue;
    const alight = stops.findIndex(({ stop }, index) => index > board && stop === ride.to_stop);
    const to = stops[alight];
    if (!to) continue;
    const slots = to.offset_slots - from.offset_slots;
    if (!best || slots < best.slots) best = { board, alight, slots };
  }
  return best;
};

/** Who of the rides that start here boards: the accessible places first go round, then all. */
const share = (
  level: readonly number[],
  waiting: readonly number[],
  rides: readonly Ride[],
  { places, accessible }: Service,
): readonly (readonly [ride: number, people: number])[] => {
  const special = level.filter((ride) => rides[ride]?.accessible === true);
  const wanted = special.reduce((sum, ride) => sum + (waiting[ride] ?? 0), 0);
  const admitted = wanted > accessible ? Math.max(0, accessible) / wanted : 1;
  const asking = level.map(
    (ride) => [ride, (waiting[ride] ?? 0) * (rides[ride]?.accessible === true ? admitted : 1)] as const,
  );
  const all = asking.reduce((sum, [, people]) => sum + people, 0);
  const part = all > places ? Math.max(0, places) / all : 1;
  return asking.flatMap(([ride, people]) => (people * part > NOBODY ? [[ride, people * part] as const] : []));
};
