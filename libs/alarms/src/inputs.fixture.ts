import type { AlarmInputs } from './inputs.js';

/** An event where all is well. */
export const calm: AlarmInputs = {
  time_zone: 'America/New_York',
  feeders: [],
  venues: [],
  readings: [],
  plans: [],
  gateways: [],
  points: [],
  clocks: [],
  speed: 1,
  losses: [],
  vehicles: [],
  lines: [],
  violations: [],
};
