import type { DispatchProblem } from './contract.js';
import type { SessionEnd } from './demand-day.js';
import type { DayRecord } from './run-shuttle-day.js';

/** How people fared; waits in minutes, up to when the vehicle left, or to the day's end. All 0 where nobody came. */
export interface WaitFigures {
  readonly people: number;
  readonly mean_wait_min: number;
  readonly p95_wait_min: number;
  readonly worst_wait_min: number;
  /** People whom a full vehicle that went their way left behind, once or more. */
  readonly left_behind: number;
  /** People who still wait at the end. */
  readonly unserved: number;
}

export interface ClearFigure {
  readonly session: string;
  readonly stop: string;
  readonly people: number;
  /** Minutes from the session's end until 95 % of those who came to the stop within 90 minutes of it had left; null where nobody came. */
  readonly clear_min: number | null;
}

/** What one person came to. */
export interface Fate {
  readonly line: string;
  readonly group: string;
  readonly waitS: number;
  readonly leftBehind: boolean;
  readonly unserved: boolean;
}

const CLEARED_SHARE = 0.95;
const CLEARING_S = 5400;

/** Everybody who came, by name of line and group. */
export const fatesOf = ({ rides }: Pick<DispatchProblem, 'rides'>, { people, endS }: DayRecord): readonly Fate[] =>
  people.map(({ ride, waitedS, sinceS, passed, arrivedS }) => {
    const unserved = arrivedS === undefined;
    const { line = '', group = '' } = rides[ride] ?? {};
    return { line, group, waitS: waitedS + (unserved ? endS - sinceS : 0), leftBehind: passed > 0, unserved };
  });

export const waitFigures = (fates: readonly Fate[]): WaitFigures => {
  const waits = fates.map(({ waitS }) => waitS / 60).sort((a, b) => a - b);
  return {
    people: fates.length,
    mean_wait_min: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
    p95_wait_min: rankOf(waits, 0.95),
    worst_wait_min: waits.at(-1) ?? 0,
    left_behind: fates.filter(({ leftBehind }) => leftBehind).length,
    unserved: fates.filter(({ unserved }) => unserved).length,
  };
};

/** The least value that at least this share does not exceed; 0 of nothing. */
const rankOf = (ascending: readonly number[], share: number): number =>
  ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;

/** How long each session's people took to get away. */
export const clearFigures = (
  { rides }: Pick<DispatchProblem, 'rides'>,
  sessions: readonly SessionEnd[],
  { people, endS }: DayRecord,
): readonly ClearFigure[] =>
  sessions.map(({ id, stop, ends_s }) => {
    const left = people
      .filter(({ ride, cameS }) => rides[ride]?.from_stop === stop && cameS >= ends_s && cameS < ends_s + CLEARING_S)
      .map(({ leftS }) => ((leftS ?? endS) - ends_s) / 60)
      .sort((a, b) => a - b);
    return {
      session: id,
      stop,
      people: left.length,
      clear_min: left.length === 0 ? null : rankOf(left, CLEARED_SHARE),
    };
  });
