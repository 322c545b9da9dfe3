import type { TripPrediction } from '../realtime/contract.js';
import type { BandScale } from './band-scale.js';
import type { Duration, LegTimes } from './leg-times.js';
import { expectedDwell, expectedRun, type LivePattern, type OrderedTrip } from './trip-plan.js';

/** How far a vehicle has come on a trip, at the time of its last position. */
export interface TripProgress {
  readonly ts: number;
  readonly progressM: number;
  /** Index of the stop ahead, or at which it stands. */
  readonly nextStop: number;
  readonly atStop: boolean;
  /** Since when it stands there, ms. */
  readonly stoppedAt?: number;
  /** Its driving so far over what was expected of it, and over how many legs. */
  readonly pace?: { readonly ratio: number; readonly legs: number };
}

export interface PredictionInputs {
  /** Undefined before its trip: it is expected to leave when ordered, and not before it is ready. */
  readonly progress: TripProgress | undefined;
  /** Of the trip, and of those of the vehicle after it in time order. */
  readonly trips: readonly OrderedTrip[];
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  readonly legTimes: LegTimes;
  readonly bands: BandScale;
  /** Hour of the civil day of an instant. */
  readonly hourOf: (ms: number) => number;
  readonly now: number;
  /** From the end of a trip until the next one at least, s. */
  readonly layoverS: number;
  /** Empty ride from the last stop of a trip to the first of the next, s; absent: they are one place, or nobody knows. */
  readonly deadheadS?: (from: string, to: string) => number;
  /** Time that people who are expected take to board a trip at a call; absent, or undefined: nobody knows of any. */
  readonly boardingAt?: (trip: OrderedTrip, call: number) => Duration | undefined;
}

/** Quantile of the normal distribution at 90 %. */
const Z90 = 1.2816;
/** Of the errors of a trip's legs, the share of the variance that they have in common: traffic and driver. */
const COMMON = 0.4;
/** Legs of its own trip that weigh as much as what all vehicles did. */
const PACE_TRUST = 3;
/** Slow is slower than fast is fast: bands reach further to the late side. */
const SKEW = 0.15;
/** Of a position, by noise and by its age, s. */
const POSITION_SD_S = 4;

/** A time with its spread: independent variance and what all legs have in common. */
interface Expected {
  readonly at_ms: number;
  readonly variance: number;
  readonly common_s: number;
}

/**
 * When the trip under way and the later ones of its vehicle call at their stops, with the 10 % and 90 % quantiles of each arrival. Times of legs and calls are those
 * observed by stop and hour, shrunk to the timetable's; people who are expected make a call longer, and how many of them come widens the band. A trip that was slow so far is taken to go on a little slow. A delay is carried on; what a layover has beyond
 * its least absorbs it before the next trip.
 */
export const predictArrivals = (inputs: PredictionInputs): readonly TripPrediction[] => {
  const { progress, trips, layoverS, deadheadS = () => 0 } = inputs;
  const predictions: TripPrediction[] = [];
  let ready: Expected | undefined;
  let lastStop: string | undefined;
  for (const [index, trip] of trips.entries()) {
    const pattern = inputs.patternOf(trip.pattern);
    if (!pattern) break;
    const here = index === 0 ? progress : undefined;
    const emptyS = lastStop === undefined ? 0 : deadheadS(lastStop, pattern.times[0]?.stop ?? '');
    const start = here ? startOf(here) : leaveAt(trip.departs_ms, ready, layoverS + emptyS, inputs.now);
    const { prediction, end } = predictTrip(inputs, trip, pattern, here, start);
    predictions.push(prediction);
    ready = end;
    lastStop = pattern.times.at(-1)?.stop;
  }
  return predictions;
};

const startOf = ({ ts }: TripProgress): Expected => ({ at_ms: ts, variance: POSITION_SD_S ** 2, common_s: 0 });

/** As ordered, unless the vehicle is not there yet: the later of the two, and of the spread as much as is later than ordered. */
const leaveAt = (departs_ms: number, ready: Expected | undefined, leastS: number, now: number): Expected => {
  const from = Math.max(departs_ms, now);
  if (!ready) return { at_ms: from, variance: POSITION_SD_S ** 2, common_s: 0 };
  const there = ready.at_ms + leastS * 1000;
  const sd_s = spreadOf(ready);
  const late = Math.max(from, there + Z90 * sd_s * 1000);
  const mid = Math.max(from, there);
  return { at_ms: mid, variance: ((late - mid) / 1000 / Z90) ** 2 + POSITION_SD_S ** 2, common_s: 0 };
};

const spreadOf = ({ variance, common_s }: Expected): number => Math.sqrt(variance + common_s * common_s);

const add = (start: Expected, { seconds, sd_s }: { readonly seconds: number; readonly sd_s: number }): Expected => ({
  at_ms: start.at_ms + seconds * 1000,
  variance: start.variance + (1 - COMMON) * sd_s * sd_s,
  common_s: start.common_s + Math.sqrt(COMMON) * sd_s,
});

const predictTrip = (
  { legTimes, bands, hourOf, now, boardingAt = () => undefined }: PredictionInputs,
  trip: OrderedTrip,
  { path, times }: LivePattern,
  progress: TripProgress | undefined,
  start: Expected,
): { readonly prediction: TripPrediction; readonly end: Expected } => {
  const hour = hourOf(start.at_ms);
  const pace = paceOf(progress);
  const stops: TripPrediction['stops'][number][] = [];
  const made = progress?.ts ?? now;
  const first = progress?.nextStop ?? 0;
  const legTo = (index: number, from: TripProgress | undefined) => {
    if (index === 0) return { seconds: 0, sd_s: 0 };
    const run = expectedRun(legTimes, times, index - 1, hour);
    if (!from) return run;
    const [behind, ahead] = [path.stops[index - 1]?.atM ?? 0, path.stops[index]?.atM ?? 0];
    const left = ahead > behind ? Math.min(1, Math.max(0, (ahead - from.progressM) / (ahead - behind))) : 0;
    return { seconds: run.seconds * left, sd_s: run.sd_s * Math.sqrt(left) };
  };

  const dwellAt = (index: number) => expectedDwell(legTimes, times, index, hour, boardingAt(trip, index));

  const timesOf = (arrives: Expected, departs: Expected) => {
    const arrives_ms = Math.round(arrives.at_ms);
    const lead_s = Math.max(0, (arrives_ms - made) / 1000);
    const reach = Z90 * spreadOf(arrives) * bands.at(lead_s) * 1000;
    return {
      arrives_ms,
      departs_ms: Math.round(Math.max(arrives_ms, departs.at_ms)),
      low_ms: Math.round(Math.max(Math.min(made, arrives_ms), arrives_ms - reach * (1 - SKEW))),
      high_ms: Math.round(arrives_ms + reach * (1 + SKEW)),
    };
  };

  let at = start;
  for (let index = first; index < times.length; index += 1) {
    const isHere = index === first && (progress ? progress.atStop : true);
    if (!isHere) {
      at = add(at, scaled(legTo(index, index === first ? progress : undefined), pace));
      // It is not there yet, however long nothing was heard of it.
      at = { ...at, at_ms: Math.max(at.at_ms, now) };
    }
    const arrives = isHere ? { ...at, at_ms: Math.min(at.at_ms, progress?.stoppedAt ?? at.at_ms) } : at;
    const dwell = dwellAt(index);
    if (isHere && progress) {
      const stood = (progress.ts - (progress.stoppedAt ?? progress.ts)) / 1000;
      at = add(at, { ...dwell, seconds: Math.max(Math.min(2, dwell.seconds), dwell.seconds - stood) });
      if (index === 0) at = { ...at, at_ms: Math.max(at.at_ms, trip.departs_ms) };
    } else if (index > 0) at = add(at, dwell);
    stops.push({ stop_sequence: index + 1, stop: times[index]?.stop ?? '', ...timesOf(arrives, at) });
  }
  const { line, pattern, departs_ms, vehicle } = trip;
  return { prediction: { departure: { line, pattern, departs_ms, vehicle }, ts: made, stops }, end: at };
};

const paceOf = (progress: TripProgress | undefined): number => {
  const { ratio, legs } = progress?.pace ?? { ratio: 1, legs: 0 };
  return (legs * ratio + PACE_TRUST) / (legs + PACE_TRUST);
};

const scaled = ({ seconds, sd_s }: { readonly seconds: number; readonly sd_s: number }, pace: number) => ({
  seconds: seconds * pace,
  sd_s: sd_s * pace,
});
