import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';

/** A plan with the problem that it answers. */
export interface PlannedDispatch extends Pick<DispatchPlan, 'departures' | 'rides'> {
  readonly problem: DispatchProblem;
}
