import { type EpochMs, floorTo, HOUR_MS } from '#libs/kernel';
import type { Pattern, Walk } from '#libs/transport';

/** A pattern as its timetable announces it. */
export interface AnnouncedPattern {
  readonly stops: Pattern['stops'];
  /** ms since the epoch. */
  readonly departs: readonly number[];
}

/** People look so far ahead in the timetable. */
const AHEAD_MS = 3 * HOUR_MS;

/** Seconds from a stop on. */
type SecondsFrom = (stop: string) => number;

/**
 * What people without a line of their own know, by the hour: how often patterns leave, how long rides and walks take. Who waits counts on half a headway of the one line that gets him there soonest, and
 * takes whatever comes before it and brings him nearer.
 */
export class JourneyGuide {
  readonly #known = new Map<string, SecondsFrom>();

  constructor(
    private readonly patterns: readonly AnnouncedPattern[],
    private readonly walks: readonly Walk[],
  ) {}

  /** The walk to take from a stop instead of waiting there; undefined where waiting is as good. */
  findWalk(stop: string, to: string, at: EpochMs): Walk | undefined {
    const secondsFrom = this.#secondsTo(to, at);
    const soonest = secondsFrom(stop);
    if (this.#waiting(stop, secondsFrom, at) <= soonest) return undefined;
    // Of equals the nearest to the destination: stops at the same place lead to each other.
    return this.walks
      .filter(({ fromStop, toStop, seconds }) => fromStop === stop && seconds + secondsFrom(toStop) <= soonest)
      .sort((a, b) => secondsFrom(a.toStop) - secondsFrom(b.toStop))[0];
  }

  /** Seconds that people reckon with from a stop to another; Infinity where nothing goes. */
  expectS(from: string, to: string, at: EpochMs): number {
    return this.#secondsTo(to, at)(from);
  }

  /** Index of the call at which those get off who board at `call`; undefined where the vehicle brings them no nearer. */
  findAlighting({ stops }: Pick<Pattern, 'stops'>, call: number, to: string, at: EpochMs): number | undefined {
    const secondsFrom = this.#secondsTo(to, at);
    const { index, seconds } = bestCall(stops, call, secondsFrom);
    return seconds < secondsFrom(stops[call]?.stop ?? '') ? index : undefined;
  }

  /** Soonest from every stop to one, by the timetable of an hour: lowered until nothing gets sooner. */
  #secondsTo(to: string, at: EpochMs): SecondsFrom {
    const hour = floorTo(at, HOUR_MS);
    const key = `${hour} ${to}`;
    const known = this.#known.get(key);
    if (known) return known;
    const soonest = new Map([[to, 0]]);
    const secondsFrom = (stop: string): number => soonest.get(stop) ?? Infinity;
    const stops = new Set([
      ...this.patterns.flatMap((pattern) => pattern.stops.map(({ stop }) => stop)),
      ...this.walks.map(({ fromStop }) => fromStop),
    ]);
    let isSettled = false;
    while (!isSettled) {
      isSettled = true;
      for (const stop of stops) {
        const walking = this.walks.map(({ fromStop, toStop, seconds }) =>
          fromStop === stop ? seconds + secondsFrom(toStop) : Infinity,
        );
        const seconds = Math.min(this.#waiting(stop, secondsFrom, hour), ...walking);
        if (seconds >= secondsFrom(stop)) continue;
        soonest.set(stop, seconds);
        isSettled = false;
      }
    }
    this.#known.set(key, secondsFrom);
    return secondsFrom;
  }

  /** Seconds from a stop on for those who wait for the one line that is worth most. */
  #waiting(stop: string, secondsFrom: SecondsFrom, at: EpochMs): number {
    const hour = floorTo(at, HOUR_MS);
    const by = this.patterns.flatMap(({ stops, departs }) => {
      const leaving = departs.filter((one) => one >= hour && one < hour + AHEAD_MS).length;
      const waitS = AHEAD_MS / 1000 / leaving / 2;
      return stops.flatMap((call, index) =>
        call.stop === stop ? [waitS + bestCall(stops, index, secondsFrom).seconds] : [],
      );
    });
    return Math.min(...by);
  }
}

const bestCall = (
  stops: Pattern['stops'],
  board: number,
  secondsFrom: SecondsFrom,
): { readonly index: number; readonly seconds: number } => {
  const from = stops[board]?.offsetS ?? 0;
  let best = { index: board, seconds: Infinity };
  for (const [index, { stop, offsetS }] of stops.entries()) {
    const seconds = offsetS - from + secondsFrom(stop);
    if (index > board && seconds < best.seconds) best = { index, seconds };
  }
  return best;
};
