export * from './exposure.js';
export * from './session.js';
export * from './token.js';
