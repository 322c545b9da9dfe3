import type { DispatchProblem } from '../problem.js';
import type { DepartureCounts } from './fleet.js';
import { flowOfLine, type Line, linesOf, vehicleCost, waitingCost } from './line.js';
import type { LineFlow } from './evaluate-line.js';

export interface Evaluation {
  readonly lines: readonly { readonly line: Line; readonly flow: LineFlow; readonly waitingCost: number }[];
  /** In the problem's currency. */
  readonly waiting: number;
  readonly vehicles: number;
  readonly total: number;
}

/** What these departures cost, by simulation of every queue and seat; independent of the linear model. */
export const evaluateDepartures = (problem: DispatchProblem, departures: DepartureCounts): Evaluation => {
  const lines = linesOf(problem).map((line, index) => {
    const flow = flowOfLine(line, departures[index] ?? []);
    return { line, flow, waitingCost: waitingCost(line, flow) };
  });
  const waiting = lines.reduce((sum, line) => sum + line.waitingCost, 0);
  const vehicles = lines.reduce((sum, { line }, index) => sum + vehicleCost(line, departures[index] ?? []), 0);
  return { lines, waiting, vehicles, total: waiting + vehicles };
};
