export * from './batcher.js';
export * from './decode-json.js';
export * from './decode-readings.js';
export * from './decode-result.js';
export * from './messages.js';
export * from './point-directory.js';
export * from './receipts.js';
export * from './topics.js';
