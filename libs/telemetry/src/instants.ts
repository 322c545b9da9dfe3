import { DAY_MS, type EpochMs } from '#libs/kernel';

import type { Refusal } from './decode-json.js';

/** A reading further ahead of event time, or further back, is not believed. */
export const MAX_AHEAD_MS = DAY_MS;
export const MAX_AGE_MS = 35 * DAY_MS;

/** Why an instant by a sender's clock (epoch ms) is not taken at `eventNow`: `in_the_future` or `too_old`; undefined when it is. */
export const checkInstant = (ts: number, eventNow: EpochMs): Refusal | undefined => {
  if (ts > eventNow + MAX_AHEAD_MS) return { code: 'in_the_future', detail: `${ts} is a day past ${eventNow}` };
  if (ts < eventNow - MAX_AGE_MS) return { code: 'too_old', detail: `${ts} is 35 days before ${eventNow}` };
  return undefined;
};
