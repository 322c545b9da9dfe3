import type { DispatchProblem, PatternProblem, Ride } from '../problem/problem.js';

/** A ride on a pattern: the calls at which its people board and alight. */
export interface Service {
  readonly ride: number;
  readonly boardCall: number;
  readonly boardOffset: number;
  readonly alightCall: number;
  readonly alightOffset: number;
}

/** Patterns that share rides. What happens on one strand does not depend on the departures of another. */
export interface Strand {
  readonly patterns: readonly number[];
  readonly rides: readonly number[];
  /** For each of the patterns, the rides that it serves. */
  readonly services: readonly (readonly Service[])[];
}

/** The calls of a ride on a pattern: the shortest time on board, the earliest of equals. */
export const findService = (pattern: PatternProblem, ride: Ride, index: number): Service | undefined => {
  let best: Service | undefined;
  for (const [boardCall, board] of pattern.stops.entries()) {
    if (board.stop !== ride.from_stop) continue;
    for (const [alightCall, alight] of pattern.stops.entries()) {
      if (alightCall <= boardCall || alight.stop !== ride.to_stop) continue;
      const time = alight.offset_slots - board.offset_slots;
      if (best && time >= best.alightOffset - best.boardOffset) continue;
      best = { ride: index, boardCall, boardOffset: board.offset_slots, alightCall, alightOffset: alight.offset_slots };
    }
  }
  return best;
};

/** Every pattern is in one strand. Rides that no pattern serves are in none, unless people go on with them. */
export const strandsOf = (problem: DispatchProblem): readonly Strand[] => {
  const ridesOfLine = new Map<string, number[]>();
  for (const [index, { line }] of problem.rides.entries()) {
    const rides = ridesOfLine.get(line);
    if (rides) rides.push(index);
    else ridesOfLine.set(line, [index]);
  }
  const services = problem.patterns.map((pattern) =>
    (ridesOfLine.get(pattern.line) ?? []).flatMap((index) => {
      const ride = problem.rides[index];
      const service = ride && findService(pattern, ride, index);
      return service ? [service] : [];
    }),
  );
  const joined = new Groups(problem.patterns.length + problem.rides.length);
  const rideNode = (ride: number): number => problem.patterns.length + ride;
  for (const [pattern, served] of services.entries()) {
    for (const { ride } of served) joined.join(pattern, rideNode(ride));
  }
  for (const [ride, { then }] of problem.rides.entries()) {
    if (then !== undefined) joined.join(rideNode(ride), rideNode(then));
  }
  const strands = new Map<number, { patterns: number[]; rides: number[] }>();
  const strandAt = (node: number) => {
    const root = joined.rootOf(node);
    const strand = strands.get(root) ?? { patterns: [], rides: [] };
    strands.set(root, strand);
    return strand;
  };
  for (const pattern of problem.patterns.keys()) strandAt(pattern).patterns.push(pattern);
  for (const ride of problem.rides.keys()) strandAt(rideNode(ride)).rides.push(ride);
  return [...strands.values()]
    .filter(({ patterns }) => patterns.length > 0)
    .map(({ patterns, rides }) => ({ patterns, rides, services: patterns.map((pattern) => services[pattern] ?? []) }));
};

/** The strands, and one without patterns of all rides that are in none. */
export const strandsWithUnserved = (problem: DispatchProblem, strands: readonly Strand[]): readonly Strand[] => {
  const served = new Set(strands.flatMap(({ rides }) => rides));
  const unserved = [...problem.rides.keys()].filter((ride) => !served.has(ride));
  return [...strands, { patterns: [], rides: unserved, services: [] }];
};

/** Union and find. */
class Groups {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, index) => index);
  }

  rootOf(member: number): number {
    let root = member;
    while ((this.#parent[root] ?? root) !== root) root = this.#parent[root] ?? root;
    let at = member;
    while (at !== root) {
      const next = this.#parent[at] ?? root;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  join(one: number, other: number): void {
    this.#parent[this.rootOf(one)] = this.rootOf(other);
  }
}
