import type { EpochMs } from '#libs/kernel';
import type { Plan } from './plan.js';

/** Before its `valid_until` a plan may still be followed; at and after it, receivers fall back to their safe default. */
export const isFresh = (plan: Pick<Plan, 'valid_until'>, now: EpochMs): boolean => now < plan.valid_until;

/** Event seconds since the plan was made; never negative. */
export const planAgeSeconds = (plan: Pick<Plan, 'created'>, now: EpochMs): number =>
  Math.max(0, (now - plan.created) / 1000);
