import type { Pattern } from '../prepare/patterns.js';
import type { LegTimes } from './leg-times.js';
import { expectedDwell, expectedRun, scheduledDwell, scheduledRun } from './trip-plan.js';

/** A pattern that differs by less than this over its whole way is driven as its timetable says, s. */
const WORTH_SAYING_S = 60;

/**
 * Patterns as vehicles have been seen to drive them at an hour of the civil day (0 to 23): each leg of the timetable longer or shorter by what driving it and standing at its end took.
 * Only those that take a minute more or less; a leg that nobody was seen on goes by the network's.
 */
export const observedWays = (
  patterns: readonly Pattern[],
  legTimes: LegTimes,
  hour: number,
): ReadonlyMap<string, Pattern> => {
  /** What a leg and the call at its end take, of what they are expected to take without anything observed. */
  const paceOf = ({ stops }: Pattern, leg: number): number => {
    const expected =
      expectedRun(legTimes, stops, leg, hour).seconds + expectedDwell(legTimes, stops, leg + 1, hour).seconds;
    return expected / (scheduledRun(stops, leg) + scheduledDwell(stops, leg + 1));
  };
  return new Map(
    patterns.flatMap((pattern) => {
      let at = 0;
      const stops = pattern.stops.map(({ stop, offsetS }, index) => {
        if (index > 0) at += (offsetS - (pattern.stops[index - 1]?.offsetS ?? 0)) * paceOf(pattern, index - 1);
        return { stop, offsetS: Math.round(at) };
      });
      const change = Math.abs(at - (pattern.stops.at(-1)?.offsetS ?? 0));
      return change < WORTH_SAYING_S ? [] : [[pattern.id, { ...pattern, stops }] as const];
    }),
  );
};
