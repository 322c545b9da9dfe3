import type { DispatchProblem } from '../problem.js';
import { cumulative, followTargets } from './fleet.js';

/**
 * The timetable as a dispatcher without a planner drives it, at least the floor of service: what is overdue longest leaves first, and what has
 * not left when the line's next departure is due is cancelled. What a plan is compared with.
 */
export const timetableDepartures = (problem: DispatchProblem): number[][] =>
  followTargets(
    problem,
    problem.patterns.map(({ scheduled, least }) =>
      cumulative(scheduled).map((due, slot) => Math.max(due, least[slot] ?? 0)),
    ),
    'cancelled',
  );
