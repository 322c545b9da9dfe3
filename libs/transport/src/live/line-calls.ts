import type { TripPrediction } from '../realtime/contract.js';
import { boardingsAt, type ExpectedBoardings } from './expected-boardings.js';
import { type LivePattern, type OrderedTrip, type PatternTimes, tripName } from './trip-plan.js';

/** A vehicle leaves a stop towards the next one. */
export interface LineCall {
  readonly vehicle: string;
  readonly trip: string;
  readonly at_ms: number;
}

/** Calls of a line that are ahead, by way out of a stop: patterns that go on to the same next stop serve the same people. */
export type LineCalls = ReadonlyMap<string, readonly LineCall[]>;

/** The way out of a stop of a pattern; undefined at its end. */
export const legName = (times: PatternTimes, call: number): string | undefined => {
  const [here, next] = [times[call], times[call + 1]];
  return here && next ? `${here.stop} > ${next.stop}` : undefined;
};

export interface LineCallInputs {
  /** Of the line: what is predicted of the trips under way and of the next ones. */
  readonly predictions: readonly TripPrediction[];
  /** Of the line: trips that nothing is predicted of are taken to go as ordered. */
  readonly orders: readonly OrderedTrip[];
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  readonly now: number;
}

const nameOf = (trip: OrderedTrip): string => `${trip.vehicle} ${tripName(trip)}`;

/** Of each way out of a stop the calls ahead, in time order. */
export const listLineCalls = ({ predictions, orders, patternOf, now }: LineCallInputs): LineCalls => {
  const calls = new Map<string, LineCall[]>();
  const add = (trip: OrderedTrip, call: number, at_ms: number): void => {
    const times = patternOf(trip.pattern)?.times;
    const leg = times && legName(times, call);
    if (leg === undefined || at_ms < now) return;
    const known = calls.get(leg) ?? [];
    known.push({ vehicle: trip.vehicle, trip: nameOf(trip), at_ms });
    calls.set(leg, known);
  };
  const predicted = new Set(predictions.map(({ departure }) => nameOf(departure)));
  for (const { departure, stops } of predictions)
    for (const { stop_sequence, arrives_ms, departs_ms = arrives_ms } of stops)
      add(departure, stop_sequence - 1, departs_ms);
  for (const trip of orders) {
    // Of one that left and is not heard nobody knows where it is.
    if (trip.departs_ms <= now || predicted.has(nameOf(trip))) continue;
    const times = patternOf(trip.pattern)?.times ?? [];
    for (const [call, { offsetS }] of times.entries()) add(trip, call, trip.departs_ms + offsetS * 1000);
  }
  for (const known of calls.values()) known.sort((a, b) => a.at_ms - b.at_ms);
  return calls;
};

/** People who come in a second for each way out of a stop, by what plans expect to board the line's trips and how far these are apart. */
export const listRates = (
  orders: readonly OrderedTrip[],
  boardings: ExpectedBoardings,
  patternOf: (pattern: string) => LivePattern | undefined,
): ReadonlyMap<string, number> => {
  const expected = new Map<string, { readonly at_ms: number; readonly people: number }[]>();
  for (const trip of orders) {
    const times = patternOf(trip.pattern)?.times ?? [];
    for (const [call, { offsetS }] of times.entries()) {
      const leg = legName(times, call);
      const people = boardingsAt(boardings, trip, times, call);
      if (leg === undefined || people === undefined) continue;
      const known = expected.get(leg) ?? [];
      known.push({ at_ms: trip.departs_ms + offsetS * 1000, people });
      expected.set(leg, known);
    }
  }
  return new Map(
    [...expected].flatMap(([leg, known]) => {
      const times = known.map(({ at_ms }) => at_ms).sort((a, b) => a - b);
      const spanS = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
      // With one call nobody knows since when its people came.
      if (spanS <= 0) return [];
      const mean = known.reduce((sum, { people }) => sum + people, 0) / known.length;
      return [[leg, (mean * (known.length - 1)) / spanS] as const];
    }),
  );
};
