import type { RealtimeFeed } from './contract.js';

/** 6 February 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 1, 6, 12);

export const emptyFeed: RealtimeFeed = {
  version: '2.0',
  ts: NOON,
  incrementality: 'full_dataset',
  vehicles: [],
  trips: [],
  alerts: [],
  deleted: [],
};
