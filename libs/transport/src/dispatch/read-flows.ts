import type { RideFlow } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import type { Evaluation } from './evaluate.js';
import { legsOf } from './legs.js';

/** The flows of an evaluation by the names of their stops. */
export const readFlows = (problem: DispatchProblem, evaluation: Evaluation): readonly RideFlow[] => {
  const next = problem.patterns.map(() => 0);
  return legsOf(problem).map(({ demand, pattern, board, alight }) => {
    const place = next[pattern] ?? 0;
    next[pattern] = place + 1;
    const stops = problem.patterns[pattern]?.stops ?? [];
    const flow = evaluation.lines[pattern]?.flow;
    return {
      line: problem.patterns[pattern]?.line ?? '',
      from_stop: stops[board]?.stop ?? '',
      to_stop: stops[alight]?.stop ?? '',
      demand,
      boarded: flow?.boarded[place] ?? [],
      queue: flow?.queue[place] ?? [],
    };
  });
};
