import type { Boarding, DispatchPlan } from '../problem/plan.js';
import type { PatternProblem, Ride } from '../problem/problem.js';
import { departureKey, type Facts, findCalls, groupBy, offsetAt } from './facts.js';
import { type DispatchFinding, exceeds, finding } from './finding.js';

/** A boarding with its calls. */
export interface Boarded {
  readonly boarding: Boarding;
  readonly ride: Ride;
  readonly pattern: PatternProblem;
  /** Places of the calls in the pattern's stops. */
  readonly board: number;
  readonly alight: number;
  readonly boardSlot: number;
  readonly alightSlot: number;
}

/** The boardings that can be, and what is wrong with the others. */
export const readBoardings = (
  facts: Facts,
  plan: DispatchPlan,
): { readonly boarded: readonly Boarded[]; readonly findings: readonly DispatchFinding[] } => {
  const findings: DispatchFinding[] = [];
  const boarded = plan.boardings.flatMap((boarding, index): readonly Boarded[] => {
    const { ride: rideIndex, pattern: name, slot, people } = boarding;
    const refuse = (field: string, value: unknown, rule: string, message: string): readonly Boarded[] => {
      findings.push(finding(`boardings[${index}].${field}`, value, rule, message));
      return [];
    };
    const ride = facts.problem.rides[rideIndex];
    if (!ride) return refuse('ride', rideIndex, 'known_ride', `There are ${facts.problem.rides.length} rides.`);
    const pattern = facts.patterns.get(name);
    if (!pattern) return refuse('pattern', name, 'known_pattern', 'There is no such pattern.');
    const calls = findCalls(pattern, ride);
    if (!calls)
      return refuse(
        'pattern',
        name,
        'serves',
        `It does not go from ${ride.from_stop} to ${ride.to_stop} on ${ride.line}.`,
      );
    const boardSlot = slot + offsetAt(pattern, calls.board);
    if (!Number.isInteger(slot) || boardSlot < 0 || slot >= facts.slots || boardSlot >= facts.slots)
      return refuse('slot', slot, 'within_horizon', `It calls at ${ride.from_stop} in slot ${boardSlot}.`);
    if (!(people >= 0) || people === Infinity)
      return refuse('people', people, 'not_negative', 'A number of people is zero or more.');
    return [{ boarding, ride, pattern, ...calls, boardSlot, alightSlot: slot + offsetAt(pattern, calls.alight) }];
  });
  return { boarded, findings };
};

interface Room {
  readonly people: number;
  readonly accessible: number;
}

/** Nobody rides without a place, on any part of the way. */
export const checkLoads = (
  facts: Facts,
  boarded: readonly Boarded[],
  departures: ReadonlyMap<string, readonly string[]>,
): readonly DispatchFinding[] => {
  const underWay = groupBy(facts.problem.under_way, ({ pattern, slot }) => departureKey(pattern, slot));
  const roomOf = (key: string): Room => {
    const types = [...(departures.get(key) ?? []), ...(underWay.get(key) ?? []).map(({ type }) => type)];
    return types.reduce(
      (room, id) => {
        const { seats = 0, standing = 0, accessible = 0 } = facts.types.get(id) ?? {};
        return { people: room.people + seats + standing, accessible: room.accessible + accessible };
      },
      { people: 0, accessible: 0 },
    );
  };
  const groups = groupBy(boarded, ({ boarding }) => departureKey(boarding.pattern, boarding.slot));
  return [...groups].flatMap(([key, aboard]) => {
    const [first] = aboard;
    if (!first) return [];
    const room = roomOf(key);
    const { pattern, boarding } = first;
    return pattern.stops.slice(1).flatMap((_, segment) => {
      const riding = aboard.filter(({ board, alight }) => board <= segment && segment < alight);
      const people = sumPeople(riding);
      const accessible = sumPeople(riding.filter(({ ride }) => ride.accessible === true));
      const where = `on pattern ${boarding.pattern}, departed in slot ${boarding.slot}, after its stop ${segment}`;
      return [
        ...(exceeds(people, room.people)
          ? [finding('boardings', people, 'load', `There are ${room.people} places ${where}.`)]
          : []),
        ...(exceeds(accessible, room.accessible)
          ? [
              finding(
                'boardings',
                accessible,
                'accessible_places',
                `There are ${room.accessible} accessible places ${where}.`,
              ),
            ]
          : []),
      ];
    });
  });
};

const sumPeople = (boarded: readonly Boarded[]): number =>
  boarded.reduce((sum, { boarding }) => sum + boarding.people, 0);
