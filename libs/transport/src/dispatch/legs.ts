import type { DispatchProblem, PatternProblem } from '../problem.js';

/** People on one pattern from one of its stops to a later one. A ride past the terminus of a loop is two legs. */
export interface Leg {
  /** Index of the demand. */
  readonly demand: number;
  /** Index of the pattern. */
  readonly pattern: number;
  /** Indices of the stops in the pattern; board < alight. */
  readonly board: number;
  readonly alight: number;
  readonly boardOffset: number;
  readonly alightOffset: number;
  readonly waiting: number;
  readonly arrivals: readonly number[];
  /** Index of the leg that those who alight go on with. */
  readonly next: number | undefined;
}

interface Span {
  readonly board: number;
  readonly alight: number;
}

export const isLoop = ({ stops }: Pick<PatternProblem, 'stops'>): boolean =>
  stops.length > 2 && stops[0]?.stop === stops.at(-1)?.stop;

/** The spans that a ride takes on a pattern: the shortest direct one, else around the loop's terminus; none where it is not served. */
export const spansOf = (pattern: Pick<PatternProblem, 'stops'>, from: string, to: string): readonly Span[] => {
  const at = (stop: string): number[] => pattern.stops.flatMap((entry, index) => (entry.stop === stop ? [index] : []));
  const offset = (index: number): number => pattern.stops[index]?.offset_slots ?? 0;
  const direct = at(from).flatMap((board) => at(to).flatMap((alight) => (board < alight ? [{ board, alight }] : [])));
  const shortest = direct.reduce<Span | undefined>((best, span) => {
    if (!best) return span;
    const shorter = offset(span.alight) - offset(span.board) - (offset(best.alight) - offset(best.board));
    return shorter < 0 || (shorter === 0 && span.alight - span.board < best.alight - best.board) ? span : best;
  }, undefined);
  if (shortest) return [shortest];
  const [board, alight] = [at(from).at(-1), at(to)[0]];
  if (!isLoop(pattern) || board === undefined || alight === undefined || board === alight) return [];
  return [
    { board, alight: pattern.stops.length - 1 },
    { board: 0, alight },
  ];
};

/** The legs of all demand. Throws where a line does not serve a ride. */
export const legsOf = (problem: DispatchProblem): readonly Leg[] => {
  const legs: Leg[] = [];
  const none = new Array<number>(problem.grid.count).fill(0);
  for (const [demand, ride] of problem.demand.entries()) {
    const index = problem.patterns.findIndex(({ line }) => line === ride.line);
    const pattern = problem.patterns[index];
    const spans = pattern ? spansOf(pattern, ride.from_stop, ride.to_stop) : [];
    if (!pattern || spans.length === 0) {
      throw new Error(`Line ${ride.line} does not go from stop ${ride.from_stop} to stop ${ride.to_stop}.`);
    }
    for (const [part, { board, alight }] of spans.entries()) {
      legs.push({
        demand,
        pattern: index,
        board,
        alight,
        boardOffset: pattern.stops[board]?.offset_slots ?? 0,
        alightOffset: pattern.stops[alight]?.offset_slots ?? 0,
        waiting: part === 0 ? ride.waiting : 0,
        arrivals: part === 0 ? ride.arrivals : none,
        next: part + 1 < spans.length ? legs.length + 1 : undefined,
      });
    }
  }
  return legs;
};
