export * from './departures.js';
export * from './freshness.js';
export * from './life.js';
export * from './override.js';
export * from './plan.js';
export * from './policy.js';
export * from './rollback.js';
export * from './setpoints.js';
