export * from './model.js';
export * from './solver.js';
