import { type Pack, type Travel } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

import type { Counters } from './counters.js';
import type { EventQueue } from './event-queue.js';
import type { JourneyGuide } from './journey-guide.js';
import type { Punctuality } from './punctuality.js';
import { type Cohort, StopQueue } from './stop-queue.js';
import type { Waits } from './waits.js';
import type { DayWorld } from './world/world-changes.js';

/** People of a ride, or of a journey: without a line. */
interface Travellers extends Pick<Travel, 'group' | 'share' | 'count'> {
  readonly line: string | undefined;
  readonly fromStop: string;
  readonly toStop: string;
}

interface Group extends Omit<Cohort, 'came'> {
  /** Index of the stop at which they get off: where they want to, or where they go on from, on foot or with another vehicle. */
  readonly alight: number;
}

/** What happened when a vehicle called at a stop. */
export interface ShuttleCall {
  readonly pattern: string;
  /** When it left its first stop. */
  readonly departed_ms: number;
  readonly stop: string;
  readonly at_ms: number;
  readonly alighted: number;
  readonly boarded: number;
  /** People who found it full. */
  readonly left_behind: number;
}

/** A vehicle on a pattern. */
interface Trip {
  readonly pattern: Pattern;
  readonly places: number;
  readonly departed: EpochMs;
  aboard: readonly Group[];
  /** When it is at its last stop, empty. */
  readonly onEnd: (at: EpochMs) => void;
}

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-9;

/** Stops, vehicles and people: who comes to a stop, boards as far as there are places, gets off, and goes on if that is not yet where it wanted to. */
export class ShuttleWorld {
  readonly #travellers: readonly Travellers[];
  readonly #queues = new Map<string, StopQueue>();

  constructor(
    pack: Pack,
    private readonly events: EventQueue,
    private readonly guide: JourneyGuide,
    private readonly counters: Counters,
    private readonly day: DayWorld,
    private readonly waits: Waits,
    private readonly punctuality: Pick<Punctuality, 'dueAt'>,
    private readonly onCall: (call: ShuttleCall) => void = () => undefined,
  ) {
    this.#travellers = listTravellers(pack);
  }

  /** People of the minute that begins at `at`, once it is counted, come to their stops in the middle of it. */
  runMinute(at: EpochMs): void {
    const come = epochMs(at + MINUTE_MS / 2);
    const counted = this.#travellers.map(({ count, share }) => this.counters.countOf(count.venue, count.point) * share);
    this.events.schedule(come, 'call', () => {
      for (const [index, { line, fromStop, toStop, group }] of this.#travellers.entries()) {
        const people = counted[index] ?? 0;
        this.waits.come(group, people);
        const due = people > 0 ? this.punctuality.dueAt(fromStop, toStop, come) : undefined;
        this.#goOn({ line, to: toStop, people, group, due }, fromStop, come);
      }
    });
  }

  /** A vehicle leaves on a pattern, and calls at its stops one after the other. */
  depart(pattern: Pattern, places: number, at: EpochMs, onEnd: Trip['onEnd'] = () => undefined): void {
    this.#callAt({ pattern, places, departed: at, aboard: [], onEnd }, 0, at);
  }

  /** People who wait now, at all stops. */
  get waiting(): number {
    return [...this.#queues.values()].reduce((sum, { cohorts }) => sum + countOf(cohorts), 0);
  }

  /** People who wait at a stop now. */
  waitingAt(stop: string): number {
    return countOf(this.#queues.get(stop)?.cohorts ?? []);
  }

  /** People who wait now, by stop, where somebody does. */
  get queues(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#queues].flatMap(([stop, { cohorts }]) => {
        const people = Math.round(countOf(cohorts));
        return people > 0 ? [[stop, people]] : [];
      }),
    );
  }

  /** Who waits at `end` has waited until then, and is late where he had to be anywhere by then. */
  close(end: EpochMs): void {
    for (const [stop, queue] of this.#queues)
      for (const { people, came, group, due = Infinity } of queue.cohorts) {
        this.waits.leave({ stop, group, people, came, left: undefined, end });
        if (due <= end) this.waits.arriveLate(people);
      }
  }

  /** People who are at a stop wait there, or walk on to another one. */
  #goOn(who: Omit<Cohort, 'came'>, stop: string, at: EpochMs): void {
    const { line, to, people, due = Infinity } = who;
    if (stop === to && at > due) this.waits.arriveLate(people);
    if (stop === to || people <= 0) return;
    const walk = line === undefined ? this.guide.findWalk(stop, to, at) : undefined;
    if (!walk) {
      this.#queueAt(stop).join({ ...who, came: at });
      return;
    }
    const there = epochMs(at + walk.seconds * 1000);
    this.events.schedule(there, 'call', () => this.#goOn(who, walk.toStop, there));
  }

  #callAt(trip: Trip, index: number, at: EpochMs): void {
    this.events.schedule(at, 'call', () => {
      const { pattern } = trip;
      const [alighting, boarding] = this.#call(trip, index, at);
      const next = pattern.stops[index + 1];
      if (!next) {
        trip.onEnd(at);
        return;
      }
      const { world, changes } = this.day;
      const legMs = (next.offsetS - (pattern.stops[index]?.offsetS ?? 0)) * 1000;
      const ratio = world.drivingRatio(pattern.id, index, at) * changes.drivingScale(pattern.line, at);
      const longerMs = world.longerCallS(alighting, boarding) * 1000;
      this.#callAt(trip, index + 1, epochMs(Math.round(at + longerMs + legMs * ratio)));
    });
  }

  /** Returns how many get off, and how many on. */
  #call(trip: Trip, index: number, at: EpochMs): readonly [alighting: number, boarding: number] {
    const { pattern, places, aboard } = trip;
    const stop = pattern.stops[index]?.stop ?? '';
    const off = aboard.filter(({ alight }) => alight === index);
    for (const { line, to, group, due, people } of off) this.#goOn({ line, to, group, due, people }, stop, at);
    const staying = aboard.filter(({ alight }) => alight !== index);
    const room = places - countOf(staying);
    const alightingOf = ({ line, to }: Pick<Cohort, 'line' | 'to'>): number | undefined => {
      if (line === undefined) return this.guide.findAlighting(pattern, index, to, at);
      return line === pattern.line ? findAlighting(pattern, index, to) : undefined;
    };
    const mayBoard = (cohort: Pick<Cohort, 'line' | 'to'>): boolean => alightingOf(cohort) !== undefined;
    const queue = this.#queueAt(stop);
    const boarded = room <= NOBODY ? [] : queue.leave(room, mayBoard);
    for (const { people, came, group } of boarded) this.waits.leave({ stop, group, people, came, left: at, end: at });
    // Only the full leave somebody behind.
    const leftBehind = countOf(boarded) >= room - NOBODY ? countOf(queue.cohorts.filter(mayBoard)) : 0;
    this.waits.leaveBehind(leftBehind);
    trip.aboard = [
      ...staying,
      ...boarded.map(({ came: _came, ...who }) => ({ ...who, alight: alightingOf(who) ?? 0 })),
    ];
    const [alighted, entered] = [countOf(off), countOf(boarded)];
    this.onCall({
      pattern: pattern.id,
      departed_ms: trip.departed,
      stop,
      at_ms: at,
      alighted,
      boarded: entered,
      left_behind: leftBehind,
    });
    return [alighted, entered];
  }

  #queueAt(stop: string): StopQueue {
    const queue = this.#queues.get(stop) ?? new StopQueue();
    this.#queues.set(stop, queue);
    return queue;
  }
}

const countOf = (groups: readonly { readonly people: number }[]): number =>
  groups.reduce((sum, { people }) => sum + people, 0);

/** Where people of a line who board here get off: at their stop further on, else at the terminus of a loop, from where the next vehicle takes them on. */
const findAlighting = ({ stops }: Pick<Pattern, 'stops'>, board: number, to: string): number | undefined => {
  const direct = stops.findIndex(({ stop }, index) => index > board && stop === to);
  if (direct >= 0) return direct;
  const last = stops.length - 1;
  const isLoop = stops[0]?.stop === stops[last]?.stop;
  return isLoop && board > 0 && board < last ? last : undefined;
};

const listTravellers = (pack: Pack): readonly Travellers[] => {
  const stopOf = (venue: string) => pack.venues.find(({ id }) => id === venue)?.stop ?? '';
  const onLine = (line: string | undefined, { from, to, ...who }: Travel): Travellers => ({
    line,
    fromStop: stopOf(from),
    toStop: stopOf(to),
    ...who,
  });
  const { lines, journeys = [] } = pack.transport;
  return [
    ...lines.flatMap(({ id, rides }) => rides.map((ride) => onLine(id, ride))),
    ...journeys.map((journey) => onLine(undefined, journey)),
  ];
};
