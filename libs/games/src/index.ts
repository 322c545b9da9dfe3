export * from './pack.js';
export * from './recording.js';
export * from './schema.js';
