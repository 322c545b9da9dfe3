import type { PatternProblem } from '../problem.js';

/** Departures that leave in a slot whatever the plan would like: people added them. */
export const addedIn = ({ added }: PatternProblem, slot: number): number => added?.[slot] ?? 0;

/** The most departures of a slot, after people's cancellations. */
export const mostIn = ({ most }: PatternProblem, slot: number): number => most?.[slot] ?? Infinity;

/** Whether a line's departures by slot hold what people said of them. */
export const keepsWords = (pattern: PatternProblem, row: readonly number[]): boolean =>
  row.every((count, slot) => count >= addedIn(pattern, slot) && count <= mostIn(pattern, slot));
