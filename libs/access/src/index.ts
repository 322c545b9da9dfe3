export * from './exposure.js';
export * from './mask-url.js';
export * from './session.js';
export * from './token.js';
