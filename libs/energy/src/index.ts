export { withoutPlan } from './assemble-plan.js';
export * from './check-plan.js';
export * from './check-problem.js';
export { buildEnergyModel, type EnergyIndex } from './model.js';
export * from './plan.js';
export * from './problem.js';
export * from './read-plan.js';
export * from './solve-energy.js';
