export * from './alarm.js';
export * from './condition.js';
export * from './conditions.js';
export * from './inputs.js';
export * from './losses.js';
