import { distanceBetween } from '../prepare/drives.js';
import { positionAlong } from './position-along.js';
import type { LivePattern } from './trip-plan.js';

/** A stop of a pattern at which its vehicles may turn, and where they come onto a way back. */
export interface Turn {
  /** Call of the pattern that is left. */
  readonly call: number;
  readonly onto: string;
  /** Call of that pattern at which the vehicle comes onto it. */
  readonly from: number;
}

/** Stops this near to each other are two sides of one street, m. */
const ACROSS_M = 150;

/**
 * Where vehicles of each pattern may turn: at an inner stop from which another pattern of the line starts, or which it passes, that goes back to where the vehicle came from
 * and not on to its next stop. So the opposite direction, one of its short turns, and a short turn of a loop are ways back; an express of the same direction is none.
 */
export const listTurns = (patterns: ReadonlyMap<string, LivePattern>): ReadonlyMap<string, readonly Turn[]> => {
  const places = new Map(
    [...patterns].map(([id, { path }]) => [id, path.stops.map(({ atM }) => positionAlong(path, atM))]),
  );
  const isNear = (a: string, i: number, b: string, j: number): boolean => {
    const [here, there] = [places.get(a)?.[i], places.get(b)?.[j]];
    return here !== undefined && there !== undefined && distanceBetween(here, there) <= ACROSS_M;
  };
  const turnsOf = (id: string, { path }: LivePattern): readonly Turn[] =>
    [...patterns].flatMap(([onto, { path: back }]) => {
      if (onto === id || back.line !== path.line) return [];
      const inner = path.stops.slice(0, -1).map((_, call) => call);
      return inner.slice(1).flatMap((call): readonly Turn[] => {
        const from = back.stops.findIndex((stop, index) => {
          const next = back.stops[index + 1];
          if (!next || next.stop === path.stops[call + 1]?.stop || !isNear(id, call, onto, index)) return false;
          return back.stops.some((_, later) => later > index && inner.some((before) => before < call && isNear(id, before, onto, later))); // prettier-ignore
        });
        return from < 0 ? [] : [{ call, onto, from }];
      });
    });
  return new Map([...patterns].map(([id, pattern]) => [id, turnsOf(id, pattern)]));
};
