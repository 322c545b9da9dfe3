export * from './exposure.js';
export * from './token.js';
