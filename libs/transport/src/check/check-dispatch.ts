import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { checkBlocks } from './check-blocks.js';
import { checkLoads, readBoardings } from './check-boardings.js';
import { checkCost } from './check-cost.js';
import { checkDepartures } from './check-departures.js';
import { checkEnergy } from './check-energy.js';
import { checkQueues } from './check-queues.js';
import { departuresOf, factsOf } from './facts.js';
import { type DispatchFinding, finding } from './finding.js';

/**
 * What is wrong with a plan; empty when it holds every limit and its figures are right. Written without the solver's code, from the
 * problem's words alone. Amounts within 1e-6 of each other, relative above one, count as equal. The problem is one that `readInstance` takes.
 */
export const checkDispatch = (problem: DispatchProblem, plan: DispatchPlan): readonly DispatchFinding[] => {
  const facts = factsOf(problem);
  const departures = departuresOf(facts, plan);
  const { boarded, findings: boardings } = readBoardings(facts, plan);
  const { flows, findings: queues } = checkQueues(facts, plan, boarded);
  return [
    ...checkGrid(problem, plan),
    ...checkBlocks(facts, plan),
    ...checkEnergy(facts, plan),
    ...checkDepartures(facts, plan, departures),
    ...boardings,
    ...checkLoads(facts, boarded, departures),
    ...queues,
    ...checkCost(facts, plan, flows, departures),
  ];
};

const checkGrid = ({ grid }: DispatchProblem, plan: DispatchPlan): readonly DispatchFinding[] =>
  (['start', 'slotMs', 'count'] as const).flatMap((field) =>
    plan.grid[field] === grid[field]
      ? []
      : [finding(`grid.${field}`, plan.grid[field], 'same_grid', `The problem's is ${grid[field]}.`)],
  );
