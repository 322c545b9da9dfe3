export * from './delayed-acks.js';
