import type { ReadingMessage } from './messages.js';

/** Low two bits of a reading's quality: how far its value may be trusted. The numbers stand in the database. */
export const QUALITY = { good: 0, uncertain: 1, bad: 2 } as const satisfies Record<ReadingMessage['quality'], number>;
export const QUALITY_LEVEL = 3;
/** Added when a reading was imported as history and never published. */
export const QUALITY_IMPORTED = 16;

/** Why a reading is not good; added to its quality, any number of them. */
export const QUALITY_REASONS = {
  /** The device or its gateway said so. */
  reported: 32,
  /** Outside the point's `min` to `max`. */
  out_of_range: 64,
  /** Changed faster than the point's `max_rate_per_s`. */
  rate: 128,
  /** Unchanged for the point's `stuck_after_s`. */
  stuck: 256,
  /** The sender's clock is wrong. */
  clock: 512,
} as const;

export type QualityReason = keyof typeof QUALITY_REASONS;

const REASONS = Object.entries(QUALITY_REASONS) as [QualityReason, number][];

/** How far a value may be trusted, by its stored quality. */
export const qualityLevel = (quality: number): ReadingMessage['quality'] =>
  (['good', 'uncertain', 'bad', 'bad'] as const)[(quality & QUALITY_LEVEL) as 0 | 1 | 2 | 3];

/** Why it is not good, by its stored quality. */
export const qualityReasons = (quality: number): readonly QualityReason[] =>
  REASONS.filter(([, bit]) => (quality & bit) !== 0).map(([reason]) => reason);
