export { explainChanges, type PlanChange } from './explain/plan-changes.js';
export type { PlannedDispatch } from './explain/planned-dispatch.js';
export type { Reason } from './explain/reasons.js';
export { type Names, sayChange } from './explain/words.js';
export type {
  Agency,
  Feed,
  FeedInfo,
  Headway,
  Line,
  Service,
  ShapePoint,
  Stop,
  StopTime,
  StopTimeDetails,
  Transfer,
  Trip,
} from './gtfs/feed.js';
export { type ArchiveLimits, defaultLimits, type FeedFiles, judgeSize, unpack } from './gtfs/archive.js';
export { checkFeed, type CheckOptions } from './gtfs/check/check-feed.js';
export type { RuleFinding } from './gtfs/check/notice-book.js';
export { type ImportedFeed, importFeed, type ImportReport } from './gtfs/import/import-feed.js';
export type { FileCount, RefusedRow } from './gtfs/import/ledger.js';
export { readGtfs } from './gtfs/read-gtfs.js';
export { type Notice, RULES, type RuleCode, type Severity } from './gtfs/rules.js';
export { serviceRange } from './gtfs/service-days.js';
export { writeGtfs } from './gtfs/write-gtfs.js';
export { csvLine } from './gtfs/csv/write-csv.js';
export {
  buildDispatchProblem,
  listPatternDrives,
  type PastDeparture,
  type ProblemInputs,
  SERVICE_MEMORY_MS,
} from './prepare/build-problem.js';
export { checkNetwork } from './prepare/check-network.js';
export { waysOf, type Ways } from './prepare/detours.js';
export { DISPATCH_SLOT_MS } from './prepare/dispatch-window.js';
export type { FindDrive } from './prepare/drives.js';
export { carryBlocks } from './prepare/carry-blocks.js';
export { depotCharging, type DepotStay } from './prepare/depot-charging.js';
export type { Queues } from './prepare/estimate-queues.js';
export { type DispatchOptions, type DispatchSolution, type DispatchSummary, solveDispatch } from './search/solve.js';
export type { SessionNews } from './prepare/move-surges.js';
export { readPackFeed } from './prepare/pack-patterns.js';
export { findPattern, type Pattern, patternsOf } from './prepare/patterns.js';
export { placeOfDepot } from './prepare/sites.js';
export { planOfBlocks } from './prepare/plan-of-blocks.js';
export {
  type CountedPeople,
  DEPARTURE_MEMORY_MS,
  type DispatchSituation,
  listCounters,
  type PlanInForce,
  prepareDispatch,
  type PreparedDispatch,
} from './prepare/prepare-dispatch.js';
export { type DispatchContent, publishDispatch, type Shortage } from './prepare/publish.js';
export { listDepotReliefs } from './prepare/depot-reliefs.js';
export { type DispatchReport, type LeftWaiting, reportDispatch } from './prepare/report.js';
export type { DemandInputs, Waiting } from './prepare/rides.js';
export { departuresOfBlocks, driveTimetable } from './prepare/timetable.js';
export { timetableBetween, timetableProblem } from './prepare/timetable-between.js';
export type { LateTrip, Whereabouts } from './prepare/whereabouts.js';
export * from './problem/plan.js';
export * from './problem/problem.js';

export { dayFeed } from './day-feed/day-feed.js';
export type { DayTrip, PlannedCall, PlannedTrip } from './day-feed/day-trip.js';
export { type Edition, nextEdition } from './day-feed/edition.js';
export { planTrips, type TripInputs } from './day-feed/plan-trips.js';
export { openTimetable, type Timetable } from './day-feed/timetable.js';
export { checkRealtime, type RealtimeContext } from './realtime/check/check-realtime.js';
export type { RealtimeFinding } from './realtime/check/finding.js';
export { closureAlerts } from './realtime/closure-alerts.js';
export type * from './realtime/contract.js';
export { decodeRealtime } from './realtime/decode-realtime.js';
export { encodeRealtime, realtimeJson } from './realtime/encode-realtime.js';
export { makeRealtime, type RealtimeFeeds, type RealtimeInputs } from './realtime/make-realtime.js';
export { type Network, openNetwork } from './realtime/network.js';

export { expectBoardings, type ExpectedBoardings } from './live/expected-boardings.js';
export type { PositionReport } from './live/follow-vehicle.js';
export { type Dwell, type Duration, type Leg, LegTimes, type LegTimesDocument } from './live/leg-times.js';
export { type BoardMemory, type BoardUpdate, LiveBoard } from './live/live-board.js';
export type { PredictionOutcome } from './live/promise-book.js';
export { listTurns } from './live/list-turns.js';
export { livePatterns } from './live/live-patterns.js';
export { observedWays } from './live/observed-ways.js';
export { positionAlong } from './live/position-along.js';
export { buildPatternPath, type PatternPath } from './live/pattern-path.js';
export type { LiveDeparture, LivePicture, LiveVehicle, TroubleWords } from './live/live-picture.js';
export type { LivePattern, OrderedTrip } from './live/trip-plan.js';
export { VEHICLE_TROUBLES, type VehicleTrouble } from './live/watch-vehicles.js';
export {
  applyClosures,
  type ClosureEffect,
  type ClosureInputs,
  type DeadheadChange,
  type LegChange,
  type PatternChange,
  type RoadPattern,
} from './roads/apply-closures.js';
export { checkClosure, type Closure } from './roads/closures.js';
export type { RoadSituation, RoadVehicle } from './roads/conditions.js';
export { findTravel, routeDeadheads, type TravelMatrix } from './roads/deadheads.js';
export { buildRoadGraph, type RoadGraph, type RoadInputs } from './roads/graph.js';
export { type FarPlace, joinPlace, joinPlaces, type JoinedPlace, type RoadPlace } from './roads/places.js';
export { listPatternWays, type PatternWay } from './roads/pattern-ways.js';
export type { LatLon } from './roads/plane.js';
export { buildRoadNetwork, findRoadDrive, type RoadNetwork, strictestVehicle } from './roads/road-network.js';
export {
  type NoWay,
  type PatternLeg,
  type PatternRoute,
  type PatternRouting,
  routePattern,
} from './roads/route-pattern.js';
export { type RoadPath, shortestPath } from './roads/shortest-path.js';
export { type AssignedDemand, assignDemand, type TripDemand } from './strategies/assign-demand.js';
export { checkStrategies, type StrategyClaim } from './strategies/check-strategies.js';
export { findStrategy, type Strategy } from './strategies/find-strategy.js';
export { listTransitPatterns } from './strategies/list-transit-patterns.js';
export { listWalks, type WalkStop } from './strategies/list-walks.js';
export { type LinkVolumes, loadStrategy } from './strategies/load-strategy.js';
export { splitTrip, type PassengerTrip, type TripLeg } from './strategies/split-trip.js';
export {
  buildTransitNetwork,
  type TransitInputs,
  type TransitNetwork,
  type TransitPattern,
  type Walk,
} from './strategies/transit-network.js';

export { checkDispatch } from './check/check-dispatch.js';
export type { DispatchFinding } from './check/finding.js';
export { type Disturbance, DISTURBANCES, disturb } from './instances/disturb.js';
export type { FleetSize } from './instances/fleet.js';
export { generateInstance, type InstanceSize } from './instances/generate.js';
export { readInstance } from './instances/read-instance.js';
export { buildDispatchModel } from './model/build-model.js';
export { adviseRelief, type ReliefAdvice, sayRelief } from './model/advise-relief.js';
export { columnsOf } from './model/columns-of.js';
export { listUnserved, type Unserved } from './model/list-unserved.js';
export type { Relief } from './model/relief.js';
export { type MonolithicPoint, solveMonolithic } from './model/solve-monolithic.js';
