export { type Expected, expectedFile, findMisses, INDICATORS, type Indicators, type Miss } from './indicators.js';
export { type Accuracy, type ComparedDay, isWithin, judgePredictions } from './ledger/judge-predictions.js';
export { LIVE_INDICATORS, type Predicted, predictDay, PREDICTION_CONFIDENCE } from './ledger/predict-day.js';
export { checkOverlays } from './overlays/check-overlays.js';
export { type Comparison, compareDays, type Figure, type PolicyDay, summarise } from './replications/compare-days.js';
export type { MeasuredPoint } from './replay/measured-day.js';
export { assetsOf } from './overlays/assets-of.js';
export { type MeasuredFlows, sumUpFlows } from './replay/sum-up-flows.js';
export { replicationSeed } from './replications/replication-seed.js';
export { INDICATORS_CSV_HEAD, indicatorsCsv } from './report/indicators-csv.js';
export { indicatorsParquet } from './report/indicators-parquet.js';
export { reportPage } from './report/report-page.js';
export { type SimulationReport, sumUpRun } from './report/simulation-report.js';
export { type DayOptions, type DaySample, type DaySize, dayWindow, runDay } from './run-day.js';
export { type Policy, type Scenario, scenarioFile, type ScenarioSearch } from './scenario.js';
export type { ShuttleCall } from './shuttle-world.js';
export { type FiguresFile, figuresFile, listAssumed, scaleAssumed } from './studies/assumed-figures.js';
export { type Robustness, studyRobustness } from './studies/robustness.js';
export { type CheapestFound, CONFIDENCE, type Judged, ROUND, searchCheapest } from './studies/search-cheapest.js';
export { sortTornado, type Tornado, TORNADO_SCALES, type TornadoBar } from './studies/tornado.js';
export type { ReplicationTask } from './workers/protocol.js';
export { type RunOptions, runTasks } from './workers/run-tasks.js';
export { scenarioTasks } from './workers/scenario-tasks.js';
export { drawWorld, type World } from './world/world.js';

export {
  type CompareOptions,
  compareMethods,
  type LineFigures,
  lineFigures,
  METHODS,
  type Method,
  type MethodDay,
} from './shuttle-day/compare.js';
export { type ClearFigure, type Fate, waitFigures, type WaitFigures } from './shuttle-day/day-figures.js';
export type { DemandDay } from './shuttle-day/demand-day.js';
export { makeDemandDay } from './shuttle-day/make-demand.js';
export { demandDocument, readDemand, type ReadDemand } from './shuttle-day/read-demand.js';
export type { Planner } from './shuttle-day/rolling-planner.js';
