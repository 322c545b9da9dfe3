import type { DispatchProblem } from '../problem/problem.js';
import type { RideTerms } from './rides.js';
import type { Service, Strand } from './strands.js';

/** Somebody who wants to know what happened. */
export interface FlowRecorder {
  boarded(ride: number, pattern: number, slot: number, people: number): void;
  /** At the end of a slot. */
  waits(ride: number, slot: number, queue: number, late: number): void;
}

/** A call of one departure in one slot. */
interface Visit {
  /** Position of the pattern in the strand. */
  readonly position: number;
  readonly departure: number;
  readonly call: RelevantCall;
}

interface RelevantCall {
  readonly offset: number;
  readonly boarding: readonly Service[];
  readonly alighting: readonly Service[];
}

/** A strand, laid out for following its people slot by slot. */
export interface StrandVisits {
  readonly strand: Strand;
  readonly slots: number;
  readonly lead: number;
  readonly visits: readonly (readonly Visit[])[];
}

/** Departures are numbered slot + `lead`: the longest time from a departure to its last call. */
export const leadOf = (problem: DispatchProblem, strand: Strand): number =>
  Math.max(0, ...strand.patterns.map((pattern) => problem.patterns[pattern]?.stops.at(-1)?.offset_slots ?? 0));

export const visitsOf = (problem: DispatchProblem, strand: Strand): StrandVisits => {
  const slots = problem.grid.count;
  const lead = leadOf(problem, strand);
  const calls = strand.services.map(relevantCalls);
  const visits = Array.from({ length: slots }, (_, slot) => {
    const here: Visit[] = [];
    for (let departure = slot; departure <= slot + lead; departure += 1) {
      for (const [position, ofPattern] of calls.entries()) {
        for (const call of ofPattern) {
          if (departure - lead + call.offset === slot) here.push({ position, departure, call });
        }
      }
    }
    return here;
  });
  return { strand, slots, lead, visits };
};

const relevantCalls = (services: readonly Service[]): readonly RelevantCall[] => {
  const offsets = new Map<number, number>();
  for (const { boardCall, boardOffset, alightCall, alightOffset } of services) {
    offsets.set(boardCall, boardOffset);
    offsets.set(alightCall, alightOffset);
  }
  return [...offsets]
    .sort(([a], [b]) => a - b)
    .map(([call, offset]) => ({
      offset,
      boarding: services.filter(({ boardCall }) => boardCall === call),
      alighting: services.filter(({ alightCall }) => alightCall === call),
    }));
};

/**
 * What happens to the people of a strand, slot by slot: older departures call first; at each call people alight, then those of the highest priority
 * board, equals sharing the places in proportion to who waits. Who comes in a slot may board from the next one on; who alights to go on, at once.
 * `capacity` and `accessible` have pattern x departures + departure. Returns waiting, lateness and who is left, priced.
 */
export const followStrand = (
  { strand, slots, lead, visits }: StrandVisits,
  terms: readonly RideTerms[],
  capacity: Float64Array,
  accessible: Float64Array,
  recorder?: FlowRecorder,
): number => {
  const departures = lead + slots;
  const waiting = new Map<number, number>();
  const gone = new Map<number, number>();
  let cost = 0;
  for (const ride of strand.rides) {
    waiting.set(ride, terms[ride]?.comeBefore[0] ?? 0);
    cost += terms[ride]?.idleCost ?? 0;
  }
  const aboard = new Map<number, Map<number, number>>();
  for (let slot = 0; slot < slots; slot += 1) {
    for (const { position, departure, call } of visits[slot] ?? []) {
      const key = position * departures + departure;
      const places = capacity[key] ?? 0;
      if (places <= 0) continue;
      const people = aboard.get(key) ?? new Map<number, number>();
      aboard.set(key, people);
      for (const { ride } of call.alighting) {
        const then = terms[ride]?.then ?? -1;
        const alight = people.get(ride) ?? 0;
        if (then >= 0 && alight > 0) {
          waiting.set(then, (waiting.get(then) ?? 0) + alight);
          cost += alight * (terms[then]?.worth[slot] ?? 0);
        }
        people.delete(ride);
      }
      if (call.boarding.length === 0) continue;
      let [room, accessibleRoom] = [places, accessible[key] ?? 0];
      for (const [ride, count] of people) {
        room -= count;
        if (terms[ride]?.accessible) accessibleRoom -= count;
      }
      for (const [ride, count] of shareOut(call.boarding, terms, waiting, room, accessibleRoom)) {
        people.set(ride, count);
        waiting.set(ride, Math.max(0, (waiting.get(ride) ?? 0) - count));
        gone.set(ride, (gone.get(ride) ?? 0) + count);
        cost -= count * (terms[ride]?.worth[slot] ?? 0);
        recorder?.boarded(ride, strand.patterns[position] ?? 0, departure - lead, count);
      }
    }
    for (const ride of strand.rides) {
      const term = terms[ride];
      if (!term) continue;
      const queue = (waiting.get(ride) ?? 0) + (term.comeBefore[slot + 1] ?? 0) - (term.comeBefore[slot] ?? 0);
      waiting.set(ride, queue);
      const late = Math.max(0, (term.due[slot] ?? 0) - (gone.get(ride) ?? 0));
      cost += late * term.lateCost;
      recorder?.waits(ride, slot, queue, late);
    }
  }
  return cost;
};

/** Who boards, by ride. */
const shareOut = (
  boarding: readonly Service[],
  terms: readonly RideTerms[],
  waiting: ReadonlyMap<number, number>,
  places: number,
  accessiblePlaces: number,
): ReadonlyMap<number, number> => {
  const boards = new Map<number, number>();
  let [room, accessibleRoom] = [places, accessiblePlaces];
  const priorities = [...new Set(boarding.map(({ ride }) => terms[ride]?.priority ?? 0))].sort((a, b) => b - a);
  for (const priority of priorities) {
    const tier = boarding.map(({ ride }) => ride).filter((ride) => terms[ride]?.priority === priority);
    const sumOf = (rides: readonly number[]): number => rides.reduce((sum, ride) => sum + (waiting.get(ride) ?? 0), 0);
    const needing = sumOf(tier.filter((ride) => terms[ride]?.accessible));
    const accessibleShare = needing > accessibleRoom ? Math.max(0, accessibleRoom) / needing : 1;
    const wanted = sumOf(tier.filter((ride) => !terms[ride]?.accessible)) + needing * accessibleShare;
    if (wanted <= 0 || room <= 0) continue;
    const share = Math.min(1, room / wanted);
    for (const ride of tier) {
      const isAccessible = terms[ride]?.accessible ?? false;
      const people = (waiting.get(ride) ?? 0) * share * (isAccessible ? accessibleShare : 1);
      if (people <= 0) continue;
      boards.set(ride, people);
      room -= people;
      if (isAccessible) accessibleRoom -= people;
    }
  }
  return boards;
};
