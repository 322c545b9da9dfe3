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
