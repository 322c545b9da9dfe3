import type { DispatchProblem, PatternProblem } from './contract.js';

/** A departure that a timetable has. Seconds after the day's start. */
export interface TimetableDeparture {
  readonly pattern: string;
  readonly at_s: number;
}

/** The instance's own timetable: so many departures in each slot, evenly spaced. After the end of the grid its last headway goes on until `untilS`. */
export const scheduledTimetable = (
  { patterns, grid }: Pick<DispatchProblem, 'patterns' | 'grid'>,
  untilS: number,
): readonly TimetableDeparture[] => {
  const slotS = grid.slotMs / 1000;
  return sortByTime(
    patterns.flatMap(({ pattern, scheduled = [] }) => {
      const within = scheduled.flatMap((count, slot) =>
        Array.from({ length: count }, (_, index) => ({ pattern, at_s: (slot + index / count) * slotS })),
      );
      return [...within, ...goOn(pattern, within, untilS)];
    }),
  );
};

const goOn = (
  pattern: string,
  departures: readonly TimetableDeparture[],
  untilS: number,
): readonly TimetableDeparture[] => {
  const [before, last] = departures.slice(-2);
  if (!before || !last || last.at_s <= before.at_s) return [];
  const headwayS = last.at_s - before.at_s;
  return Array.from({ length: Math.max(0, Math.ceil((untilS - last.at_s) / headwayS) - 1) }, (_, index) => ({
    pattern,
    at_s: last.at_s + (index + 1) * headwayS,
  }));
};

/** The way that a line's ordinary service takes out and back: of its patterns between the same ends, those with the most calls. */
export const ordinaryWays = (patterns: readonly PatternProblem[], line: string): readonly PatternProblem[] => {
  const ways = new Map<string, PatternProblem>();
  for (const pattern of patterns) {
    if (pattern.line !== line) continue;
    const ends = pattern.stops[0]?.stop ?? '';
    const known = ways.get(ends);
    if (!known || pattern.stops.length > known.stops.length) ways.set(ends, pattern);
  }
  return longestPair([...ways.values()]);
};

/** Short turns begin where the line does not: the ordinary ways are the two with the most calls. */
const longestPair = (ways: readonly PatternProblem[]): readonly PatternProblem[] =>
  [...ways].sort((a, b) => b.stops.length - a.stops.length || b.km - a.km).slice(0, 2);

/** So many departures in each period on each of a line's ways, evenly spaced, the first after half a headway. */
export const headwayDepartures = (
  ways: readonly Pick<PatternProblem, 'pattern'>[],
  perPeriod: readonly number[],
  periodS: number,
): readonly TimetableDeparture[] =>
  ways.flatMap(({ pattern }) =>
    perPeriod.flatMap((count, period) =>
      Array.from({ length: count }, (_, index) => ({ pattern, at_s: (period + (index + 0.5) / count) * periodS })),
    ),
  );

export const sortByTime = (departures: readonly TimetableDeparture[]): readonly TimetableDeparture[] =>
  [...departures].sort((a, b) => a.at_s - b.at_s);
