export * from './civil-time.js';
export * from './clock.js';
export * from './fault.js';
export * from './interval.js';
export * from './quantity.js';
export * from './random.js';
export * from './result.js';
export * from './slots.js';
