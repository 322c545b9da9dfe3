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

/** A pattern calls at a stop: who waits there may board. */
interface Boarding {
  readonly pattern: AnnouncedPattern;
  readonly call: number;
}

/** Seconds from a stop on. */
type SecondsFrom = (stop: string) => number;

/**
 * What people without a line of their own know, by the hour: how often patterns leave, how long rides and walks take. Who waits counts on half a headway of the one line that gets him there soonest, and
 * takes whatever comes before it and brings him nearer.
 */
export class JourneyGuide {
  readonly #known = new Map<string, SecondsFrom>();
  /** Seconds that people wait for a pattern, by hour. */
  readonly #waits = new Map<EpochMs, ReadonlyMap<AnnouncedPattern, number>>();
  /** By stop. */
  readonly #boardings = new Map<string, Boarding[]>();
  readonly #walks = new Map<string, Walk[]>();

  constructor(
    private readonly patterns: readonly AnnouncedPattern[],
    walks: readonly Walk[],
  ) {
    for (const pattern of patterns)
      for (const [call, { stop }] of pattern.stops.entries())
        this.#boardings.set(stop, [...(this.#boardings.get(stop) ?? []), { pattern, call }]);
    for (const walk of walks) this.#walks.set(walk.fromStop, [...(this.#walks.get(walk.fromStop) ?? []), walk]);
  }

  /** The walk to take from a stop instead of waiting there; undefined where waiting is as good. */
  findWalk(stop: string, to: string, at: EpochMs): Walk | undefined {
    const secondsFrom = this.#secondsTo(to, at);
    const soonest = secondsFrom(stop);
    if (this.#waiting(stop, secondsFrom, at) <= soonest) return undefined;
    // Of equals the nearest to the destination: stops at the same place lead to each other.
    return (this.#walks.get(stop) ?? [])
      .filter(({ toStop, seconds }) => seconds + secondsFrom(toStop) <= soonest)
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
    const stops = new Set([...this.#boardings.keys(), ...this.#walks.keys()]);
    let isSettled = false;
    while (!isSettled) {
      isSettled = true;
      for (const stop of stops) {
        const walking = (this.#walks.get(stop) ?? []).map(({ toStop, seconds }) => seconds + secondsFrom(toStop));
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
    const waits = this.#waitsOf(floorTo(at, HOUR_MS));
    const by = (this.#boardings.get(stop) ?? []).map(
      ({ pattern, call }) => (waits.get(pattern) ?? Infinity) + bestCall(pattern.stops, call, secondsFrom).seconds,
    );
    return Math.min(...by);
  }

  /** Half a headway of what leaves in the hours from this one on. */
  #waitsOf(hour: EpochMs): ReadonlyMap<AnnouncedPattern, number> {
    const known = this.#waits.get(hour);
    if (known) return known;
    const waits = new Map(
      this.patterns.map((pattern) => {
        const leaving = pattern.departs.filter((one) => one >= hour && one < hour + AHEAD_MS).length;
        return [pattern, AHEAD_MS / 1000 / leaving / 2] as const;
      }),
    );
    this.#waits.set(hour, waits);
    return waits;
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
