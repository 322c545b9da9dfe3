import type { EpochMs } from '#libs/kernel';
import type { PlanKind } from './plan.js';
import { z } from 'zod';

/** Who lets a proposed plan of a kind become active. */
export type Policy = 'automatic' | 'by_approval';

const instant = z.number().int().min(0);

/**
 * A roll-back holds the kind: until `until_ms` new plans are proposed and wait for a person, so that the next cycle does not overwrite
 * what a person has just decided. Kept as the state document `holdName(kind)`; a person resumes by writing `null` there.
 */
export const holdDocument = z.object({
  /** The plan that was made active again. */
  plan: z.string(),
  until_ms: instant,
  at_ms: instant,
  by: z.string(),
  reason: z.string(),
});
export type Hold = z.infer<typeof holdDocument>;

export const holdName = (kind: PlanKind): string => `hold.${kind}`;

/** The hold in a state document while it lasts; anything else in the document is no hold. */
export const findHold = (document: unknown, now: EpochMs): Hold | undefined => {
  const parsed = holdDocument.safeParse(document);
  return parsed.success && now < parsed.data.until_ms ? parsed.data : undefined;
};

export const effectivePolicy = (policy: Policy, hold: Hold | undefined): Policy => (hold ? 'by_approval' : policy);
