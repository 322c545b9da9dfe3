export * from './forecast-quantile.js';
export { followCounts } from './follow-counts.js';
export { followLatest } from './follow-latest.js';
export * from './history.js';
export * from './season.js';
export * from './seasonal-naive.js';
