export * from './civil.js';
export * from './load-pack.js';
export * from './pack.js';
export * from './points.js';
export * from './recording.js';
export * from './replay.js';
export * from './schema.js';
export * from './sessions.js';
