export * from './builder.js';
export * from './check.js';
export * from './create-solver.js';
export * from './model.js';
export * from './solver.js';
