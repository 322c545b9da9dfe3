import { type Pack, type Replay, replayOf } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

import type { EventQueue } from './event-queue.js';
import { StopQueue } from './stop-queue.js';

interface Ride {
  readonly line: string;
  readonly fromStop: string;
  readonly toStop: string;
  readonly share: number;
  readonly counted: Replay;
}

interface Group {
  readonly to: string;
  /** Index of the stop at which they get off: where they want to, or the terminus of a loop to go on from there. */
  readonly alight: number;
  readonly people: number;
}

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-9;

/** Stops, vehicles and people: who comes to a stop, boards as far as there are seats, and gets off where it wanted to. */
export class ShuttleWorld {
  readonly #rides: readonly Ride[];
  readonly #queues = new Map<string, StopQueue>();
  #came = 0;
  #waitedMs = 0;

  constructor(
    pack: Pack,
    private readonly events: EventQueue,
  ) {
    this.#rides = listRides(pack);
  }

  /** People of the minute that begins at `at` come to their stops. */
  runMinute(at: EpochMs): void {
    for (const { line, fromStop, toStop, share, counted } of this.#rides) {
      const people = counted(at) * share;
      this.#came += people;
      this.#queueAt(line, fromStop).join({ to: toStop, came: at + MINUTE_MS / 2, people });
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

  /** Who still waits at `end`, and how long everybody waited up to then on average. */
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

  #call(pattern: Pattern, index: number, seats: number, aboard: readonly Group[], at: EpochMs): readonly Group[] {
    const stop = pattern.stops[index]?.stop ?? '';
    const queue = this.#queueAt(pattern.line, stop);
    for (const { to, people } of aboard.filter(({ alight }) => alight === index)) {
      if (to !== stop) queue.join({ to, came: at, people });
    }
    const staying = aboard.filter(({ alight }) => alight !== index);
    const room = seats - staying.reduce((sum, { people }) => sum + people, 0);
    if (room <= NOBODY) return staying;
    const boarded = queue.leave(room, (to) => findAlighting(pattern, index, to) !== undefined);
    for (const { people, came } of boarded) this.#waitedMs += people * (at - came);
    return [
      ...staying,
      ...boarded.map(({ to, people }) => ({ to, people, alight: findAlighting(pattern, index, to) ?? 0 })),
    ];
  }

  #queueAt(line: string, stop: string): StopQueue {
    const key = `${line}\n${stop}`;
    const queue = this.#queues.get(key) ?? new StopQueue();
    this.#queues.set(key, queue);
    return queue;
  }
}

/** Where people who board here get off: at their stop further on, else at the terminus of a loop, from where the next vehicle takes them on. */
const findAlighting = ({ stops }: Pick<Pattern, 'stops'>, board: number, to: string): number | undefined => {
  const direct = stops.findIndex(({ stop }, index) => index > board && stop === to);
  if (direct >= 0) return direct;
  const last = stops.length - 1;
  const isLoop = stops[0]?.stop === stops[last]?.stop;
  return isLoop && board > 0 && board < last ? last : undefined;
};

const listRides = (pack: Pack): readonly Ride[] => {
  const stopOf = (venue: string) => pack.venues.find(({ id }) => id === venue)?.stop ?? '';
  return pack.transport.lines.flatMap(({ id, rides }) =>
    rides.flatMap(({ from, to, count, share }) => {
      const point = pack.gateways
        .filter(({ venue }) => venue === count.venue)
        .flatMap(({ points }) => points)
        .find((entry) => entry.id === count.point);
      if (!point?.recorded) return [];
      return [{ line: id, fromStop: stopOf(from), toStop: stopOf(to), share, counted: replayOf(pack, point.recorded) }];
    }),
  );
};
