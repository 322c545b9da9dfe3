export {
  type Expected,
  expectedFile,
  findMisses,
  INDICATORS,
  type Indicator,
  type Indicators,
  type Miss,
  type Outcome,
  type Run,
} from './indicators.js';
export { applyOverlays } from './overlays.js';
export { type DayOptions, runDay } from './run-day.js';
export { type Scenario, scenarioFile } from './scenario.js';

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
