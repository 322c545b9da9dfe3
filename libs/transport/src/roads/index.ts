export {
  applyClosures,
  type ClosureEffect,
  type ClosureInputs,
  type DeadheadChange,
  type LegChange,
  type PatternChange,
  type RoadPattern,
} from './apply-closures.js';
export { checkClosure, type Closure } from './closures.js';
export type { RoadSituation, RoadVehicle } from './conditions.js';
export { findTravel, routeDeadheads, type TravelMatrix } from './deadheads.js';
export { buildRoadGraph, type RoadGraph, type RoadInputs } from './graph.js';
export { type FarPlace, joinPlace, joinPlaces, type JoinedPlace, type RoadPlace } from './places.js';
export type { LatLon } from './plane.js';
export {
  buildRoadNetwork,
  findRoadDrive,
  listDrivingTypes,
  type RoadNetwork,
  strictestVehicle,
} from './road-network.js';
export { type NoWay, type PatternLeg, type PatternRoute, type PatternRouting, routePattern } from './route-pattern.js';
export { type RoadPath, shortestPath } from './shortest-path.js';
