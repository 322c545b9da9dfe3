/** What planner and simulator share: the words of the contract, and no code. */
export type {
  Deadhead,
  DispatchProblem,
  PatternProblem,
  Ride,
  UnderWay,
  Vehicle,
  VehicleType,
} from '../../../transport/src/problem/problem.js';
export type { Activity, DispatchPlan } from '../../../transport/src/problem/plan.js';
