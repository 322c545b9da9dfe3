import { type Pack, type Replay, replayOf, type Travel } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

import type { EventQueue } from './event-queue.js';
import type { JourneyGuide } from './journey-guide.js';
import { type Cohort, StopQueue } from './stop-queue.js';

/** People of a ride, or of a journey: without a line. */
interface Travellers {
  readonly line: string | undefined;
  readonly fromStop: string;
  readonly toStop: string;
  readonly share: number;
  readonly counted: Replay;
}

interface Group extends Pick<Cohort, 'line' | 'to' | 'people'> {
  /** Index of the stop at which they get off: where they want to, or where they go on from, on foot or with another vehicle. */
  readonly alight: number;
}

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-9;

/** Stops, vehicles and people: who comes to a stop, boards as far as there are seats, gets off, and goes on if that is not yet where it wanted to. */
export class ShuttleWorld {
  readonly #travellers: readonly Travellers[];
  readonly #queues = new Map<string, StopQueue>();
  #came = 0;
  #waitedMs = 0;

  constructor(
    pack: Pack,
    private readonly events: EventQueue,
    private readonly guide: JourneyGuide,
  ) {
    this.#travellers = listTravellers(pack);
  }

  /** People of the minute that begins at `at` come to their stops. */
  runMinute(at: EpochMs): void {
    for (const { line, fromStop, toStop, share, counted } of this.#travellers) {
      const people = counted(at) * share;
      this.#came += people;
      this.#goOn({ line, to: toStop, people }, fromStop, epochMs(at + MINUTE_MS / 2));
    }
  }

  /** A vehicle leaves on a pattern, and calls at its stops one after the other. */
  depart(pattern: Pattern, seats: number, at: EpochMs): void {
    let aboard: readonly Group[] = [];
    pattern.stops.forEach(({ offsetS }, index) => {
      const instant = epochMs(at + offsetS * 1000);
      this.events.schedule(instant, 'call', () => {
        aboard = this.#call(pattern, index, seats, aboard, instant);
      });
    });
  }

  /** Who still waits at `end`, and how long everybody waited up to then on average, at all stops together. */
  sumUp(end: EpochMs): { readonly unserved: number; readonly meanWaitS: number } {
    let [unserved, waitedMs] = [0, this.#waitedMs];
    for (const queue of this.#queues.values()) {
      for (const { people, came } of queue.cohorts) {
        unserved += people;
        waitedMs += people * (end - came);
      }
    }
    return { unserved, meanWaitS: this.#came > 0 ? waitedMs / this.#came / 1000 : 0 };
  }

  /** People who are at a stop wait there, or walk on to another one. */
  #goOn({ line, to, people }: Omit<Cohort, 'came'>, stop: string, at: EpochMs): void {
    if (stop === to || people <= 0) return;
    const walk = line === undefined ? this.guide.findWalk(stop, to, at) : undefined;
    if (!walk) {
      this.#queueAt(stop).join({ line, to, came: at, people });
      return;
    }
    const there = epochMs(at + walk.seconds * 1000);
    this.events.schedule(there, 'call', () => this.#goOn({ line, to, people }, walk.toStop, there));
  }

  #call(pattern: Pattern, index: number, seats: number, aboard: readonly Group[], at: EpochMs): readonly Group[] {
    const stop = pattern.stops[index]?.stop ?? '';
    for (const group of aboard) if (group.alight === index) this.#goOn(group, stop, at);
    const staying = aboard.filter(({ alight }) => alight !== index);
    const room = seats - staying.reduce((sum, { people }) => sum + people, 0);
    if (room <= NOBODY) return staying;
    const alightingOf = ({ line, to }: Pick<Cohort, 'line' | 'to'>): number | undefined => {
      if (line === undefined) return this.guide.findAlighting(pattern, index, to, at);
      return line === pattern.line ? findAlighting(pattern, index, to) : undefined;
    };
    const boarded = this.#queueAt(stop).leave(room, (cohort) => alightingOf(cohort) !== undefined);
    for (const { people, came } of boarded) this.#waitedMs += people * (at - came);
    return [
      ...staying,
      ...boarded.map(({ line, to, people }) => ({ line, to, people, alight: alightingOf({ line, to }) ?? 0 })),
    ];
  }

  #queueAt(stop: string): StopQueue {
    const queue = this.#queues.get(stop) ?? new StopQueue();
    this.#queues.set(stop, queue);
    return queue;
  }
}

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
  const onLine = (line: string | undefined, { from, to, count, share }: Travel): readonly Travellers[] => {
    const point = pack.gateways
      .filter(({ venue }) => venue === count.venue)
      .flatMap(({ points }) => points)
      .find((entry) => entry.id === count.point);
    if (!point?.recorded) return [];
    return [{ line, fromStop: stopOf(from), toStop: stopOf(to), share, counted: replayOf(pack, point.recorded) }];
  };
  const { lines, journeys = [] } = pack.transport;
  return [
    ...lines.flatMap(({ id, rides }) => rides.flatMap((ride) => onLine(id, ride))),
    ...journeys.flatMap((journey) => onLine(undefined, journey)),
  ];
};
