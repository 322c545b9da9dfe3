export * from './labels.js';
export * from './metrics.js';
