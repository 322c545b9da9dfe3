export { checkDispatch } from './dispatch/check-dispatch.js';
export { evaluateDepartures, type Evaluation } from './dispatch/evaluate.js';
export type { DepartureCounts } from './dispatch/fleet.js';
export { buildDispatchModel, type DispatchIndex, type DispatchModel, readDepartures } from './dispatch/model.js';
export { estimateWaiting } from './dispatch/read-flows.js';
export { readDispatchPlan, timetableDepartures } from './dispatch/read-plan.js';
export { type DispatchOptions, type DispatchSolution, type DispatchSummary, solveDispatch } from './dispatch/solve.js';

export type { Feed, Headway, Service, StopTime, Trip } from './gtfs/feed.js';
export { readGtfs } from './gtfs/read-gtfs.js';
export * from './plan.js';
export {
  buildDispatchProblem,
  type DispatchInputs,
  type PastDeparture,
  SERVICE_MEMORY_MS,
} from './prepare/build-dispatch-problem.js';
export { checkNetwork } from './prepare/check-network.js';
export type { DemandInputs, Waiting } from './prepare/list-demand.js';
export { findPattern, type Pattern, patternsOf } from './prepare/patterns.js';
export * from './problem.js';
