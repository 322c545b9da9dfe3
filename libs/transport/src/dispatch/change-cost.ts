import type { DispatchProblem, PatternProblem } from '../problem.js';
import type { DepartureCounts } from './fleet.js';

/**
 * A departure that is announced and then moved costs those who rely on it: ten people wait a minute for each that is taken out or put in.
 * Enough that a plan does not wander between equals, little beside a real gain.
 */
const PERSON_HOURS_PER_CHANGE = 10 / 60;

/** Price of one departure taken out or put in against what is announced. */
export const changePrice = ({ waiting_cost_per_hour }: Pick<DispatchProblem, 'waiting_cost_per_hour'>): number =>
  waiting_cost_per_hour * PERSON_HOURS_PER_CHANGE;

/** Departures of a line taken out or put in, in the slots for which something is announced. */
export const changesOf = ({ previous = [] }: PatternProblem, row: readonly number[]): number =>
  previous.reduce((sum, announced, slot) => sum + Math.abs((row[slot] ?? 0) - announced), 0);

/** What these departures pay for changes. Part of what is minimised, not of a plan's cost: that stays comparable with the timetable's. */
export const changeCost = (problem: DispatchProblem, departures: DepartureCounts): number =>
  changePrice(problem) *
  problem.patterns.reduce((sum, pattern, index) => sum + changesOf(pattern, departures[index] ?? []), 0);
