import { MINUTE_MS } from '#libs/kernel';
import type { Departure } from '../problem/plan.js';
import type { DayTrip } from './day-trip.js';
import { groupBy } from './group-by.js';
import { instantOf } from './service-time.js';

/** Plans leave at the start of a slot: a departure announced within this after it is the one that it stands for. */
const EARLY_MS = 5 * MINUTE_MS;
/** A departure that is later than this after the announced one is another one: who waits for the announced one has given up. */
const LATE_MS = 10 * MINUTE_MS;

export interface Matched {
  /** Which departure drives a trip, by trip_id. */
  readonly driven: ReadonlyMap<string, Departure>;
  /** Departures that were not announced. */
  readonly extra: readonly Departure[];
}

/**
 * Which announced trip each departure is, pattern by pattern. First those that leave when announced; then those announced within the slot that the departure
 * opens, the nearest first; then a departure that is late: the announced one right before it, when that has no vehicle yet. What is left over is extra.
 */
export const matchDepartures = (
  trips: readonly DayTrip[],
  departures: readonly Departure[],
  timeZone: string,
): Matched => {
  const driven = new Map<string, Departure>();
  const extra: Departure[] = [];
  const patterns = groupBy(trips, ({ pattern }) => pattern);
  for (const [pattern, leaving] of groupBy(departures, ({ pattern }) => pattern)) {
    const announced = (patterns.get(pattern) ?? [])
      .map(({ id, day, start_s }): Announced => ({ id, at: instantOf(timeZone, day, start_s) }))
      .sort((a, b) => a.at - b.at);
    const matcher = new PatternMatcher(announced, driven);
    const rest = [takeOnTime, takeInSlot, takeLate].reduce(
      (left, take) => left.filter((departure) => !take(matcher, departure)),
      leaving.toSorted((a, b) => a.departs_ms - b.departs_ms),
    );
    extra.push(...rest);
  }
  return { driven, extra };
};

interface Announced {
  readonly id: string;
  readonly at: number;
}

/** The announced trips of one pattern in time order, and who drives them. */
class PatternMatcher {
  constructor(
    private readonly announced: readonly Announced[],
    private readonly driven: Map<string, Departure>,
  ) {}

  /** The trips announced in [from, to], in time order. */
  between(from: number, to: number): readonly Announced[] {
    const low = this.firstFrom(from);
    const high = this.firstFrom(to + 1);
    return this.announced.slice(low, high);
  }

  isFree(trip: Announced): boolean {
    return !this.driven.has(trip.id);
  }

  take(trip: Announced | undefined, departure: Departure): boolean {
    if (!trip) return false;
    this.driven.set(trip.id, departure);
    return true;
  }

  private firstFrom(at: number): number {
    let [low, high] = [0, this.announced.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.announced[middle]?.at ?? Infinity) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type Take = (matcher: PatternMatcher, departure: Departure) => boolean;

const takeOnTime: Take = (matcher, departure) => {
  const { departs_ms } = departure;
  return matcher.take(
    matcher.between(departs_ms, departs_ms).find((trip) => matcher.isFree(trip)),
    departure,
  );
};

const takeInSlot: Take = (matcher, departure) => {
  const { departs_ms } = departure;
  return matcher.take(
    matcher.between(departs_ms, departs_ms + EARLY_MS - 1).find((trip) => matcher.isFree(trip)),
    departure,
  );
};

const takeLate: Take = (matcher, departure) => {
  const { departs_ms } = departure;
  const before = matcher.between(departs_ms - LATE_MS, departs_ms).at(-1);
  return matcher.take(before && matcher.isFree(before) ? before : undefined, departure);
};
