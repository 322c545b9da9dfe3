/** What planner and simulator share: the words of the contract, and no code. */
export type {
  Activity,
  Deadhead,
  DispatchPlan,
  DispatchProblem,
  PatternProblem,
  Ride,
  UnderWay,
  Vehicle,
  VehicleType,
} from '#libs/transport';
