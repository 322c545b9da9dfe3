import type { Duration, LegTimes } from './leg-times.js';
import type { PatternPath } from './pattern-path.js';

/** A trip as it was ordered, and what is known of its pattern. */
export interface OrderedTrip {
  readonly line: string;
  readonly pattern: string;
  readonly departs_ms: number;
  readonly vehicle: string;
}

/** A pattern's timetable: seconds from departure at which it leaves each stop, at the last one arrives. */
export type PatternTimes = readonly { readonly stop: string; readonly offsetS: number }[];

/** What a pattern is to the live picture. */
export interface LivePattern {
  readonly path: PatternPath;
  readonly times: PatternTimes;
}

/** Doors and the way in and out of the stop, without anybody boarding, s; and each person who boards (TCQSM, third edition, chapter 6: 2 to 3 s). */
export const DOORS_S = 15;
export const BOARDING_S = 2.5;
/** Of a leg's time in the timetable, at least this share is driven. */
const DRIVEN_SHARE = 0.5;

export const tripName = ({ pattern, departs_ms }: Pick<OrderedTrip, 'pattern' | 'departs_ms'>): string =>
  `${pattern}@${departs_ms}`;

/** What a vehicle says that it drives; undefined when it is no such name. */
export const readTripName = (name: string): { readonly pattern: string; readonly departs_ms: number } | undefined => {
  const match = /^(.+)@(\d{1,16})$/.exec(name);
  return match?.[1] === undefined ? undefined : { pattern: match[1], departs_ms: Number(match[2]) };
};

/** Seconds that the timetable has for driving from stop `index` to the next: what it has between two departures, without the call at the next one. */
export const scheduledRun = (times: PatternTimes, index: number): number => {
  const whole = (times[index + 1]?.offsetS ?? 0) - (times[index]?.offsetS ?? 0);
  return Math.max(1, DRIVEN_SHARE * whole, whole - scheduledDwell(times, index + 1));
};

/** At inner stops only: at the ends a vehicle stands for other reasons. */
export const scheduledDwell = (times: PatternTimes, index: number): number =>
  index > 0 && index < times.length - 1 ? DOORS_S : 0;

/** Where the timetable has a trip `elapsedS` after its departure, m along its path. */
export const scheduledProgress = ({ path, times }: LivePattern, elapsedS: number): number => {
  for (let index = 1; index < times.length; index += 1) {
    const [from, to] = [times[index - 1]?.offsetS ?? 0, times[index]?.offsetS ?? 0];
    if (elapsedS > to && index < times.length - 1) continue;
    const share = to > from ? Math.min(1, Math.max(0, (elapsedS - from) / (to - from))) : 1;
    const [start, end] = [path.stops[index - 1]?.atM ?? 0, path.stops[index]?.atM ?? 0];
    return start + share * (end - start);
  }
  return 0;
};

/** Of the timetable over the whole pattern, m/s. */
export const scheduledPace = ({ path, times }: LivePattern): number =>
  path.lengthM / Math.max(60, times.at(-1)?.offsetS ?? 0);

/** The same without its calls, m/s. */
export const drivingPace = ({ path, times }: LivePattern): number =>
  path.lengthM /
  Math.max(
    60,
    times.slice(1).reduce((sum, _, index) => sum + scheduledRun(times, index), 0),
  );

/** Expected seconds of driving from one stop to the next, at the hour of the trip. */
export const expectedRun = (legTimes: LegTimes, times: PatternTimes, index: number, hour: number) =>
  legTimes.estimateRun({
    from: times[index]?.stop ?? '',
    to: times[index + 1]?.stop ?? '',
    hour,
    prior_s: scheduledRun(times, index),
  });

/** How far off the people who are expected to board are as a share of them, beside their coming by chance. */
const CROWD_VARIATION = 0.4;

/** Time that so many people take to board. As many come as are expected by chance (Poisson), and the expectation itself is off. */
export const boardingTime = (people: number, boardingS = BOARDING_S): Duration => ({
  seconds: boardingS * people,
  sd_s: boardingS * Math.sqrt(people + (CROWD_VARIATION * people) ** 2),
});

/** Time that people take to board at each call of a trip; undefined where nobody knows how many are expected. */
export type CallBoarding = (call: number) => Duration | undefined;

/** Expected seconds at an inner stop: doors and the boarding of those who are expected; where nobody knows these, as long as calls there took so far. */
export const expectedDwell = (
  legTimes: LegTimes,
  times: PatternTimes,
  index: number,
  hour: number,
  boarding?: Duration,
): Duration => {
  const prior_s = scheduledDwell(times, index);
  if (prior_s === 0) return { seconds: 0, sd_s: 0 };
  const call = { stop: times[index]?.stop ?? '', hour, prior_s };
  if (!boarding) return legTimes.estimateDwell(call);
  const doors = legTimes.estimateDoors(call);
  return { seconds: doors.seconds + boarding.seconds, sd_s: Math.hypot(doors.sd_s, boarding.sd_s) };
};
