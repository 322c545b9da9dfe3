import type { DispatchProblem, PatternProblem, Ride } from '../problem/problem.js';

/** A ride on a pattern that serves it. Indices of ride and pattern are the problem's. */
export interface Service {
  readonly ride: number;
  readonly pattern: number;
  /** Calls of the pattern at which people board and alight. */
  readonly fromCall: number;
  readonly toCall: number;
  /** Slots from departure to those calls. */
  readonly boardOffset: number;
  readonly alightOffset: number;
}

/** Every ride on every pattern of its line that calls at both of its stops in order; between those calls with the shortest ride time, the earliest on ties. In the order of patterns, then rides. */
export const servicesOf = (problem: DispatchProblem): readonly Service[] => {
  const ridesOfLine = new Map<string, number[]>();
  for (const [ride, { line }] of problem.rides.entries()) {
    const known = ridesOfLine.get(line);
    if (known) known.push(ride);
    else ridesOfLine.set(line, [ride]);
  }
  return problem.patterns.flatMap((pattern, index) =>
    (ridesOfLine.get(pattern.line) ?? []).flatMap((ride) => {
      const demand = problem.rides[ride];
      const calls = demand && findCalls(pattern, demand);
      return calls ? [{ ride, pattern: index, ...calls }] : [];
    }),
  );
};

const findCalls = (
  { stops }: PatternProblem,
  { from_stop, to_stop }: Ride,
): Omit<Service, 'ride' | 'pattern'> | undefined => {
  let best: Omit<Service, 'ride' | 'pattern'> | undefined;
  for (const [fromCall, from] of stops.entries()) {
    if (from.stop !== from_stop) continue;
    for (const [toCall, to] of stops.entries()) {
      if (toCall <= fromCall || to.stop !== to_stop) continue;
      if (best && to.offset_slots - from.offset_slots >= best.alightOffset - best.boardOffset) continue;
      best = { fromCall, toCall, boardOffset: from.offset_slots, alightOffset: to.offset_slots };
    }
  }
  return best;
};
