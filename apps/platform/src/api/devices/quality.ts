import { qualityLevel, QUALITY_REASONS, type QualityReason, qualityReasons } from '#libs/telemetry';
import { z } from 'zod';

const REASONS = Object.keys(QUALITY_REASONS) as [QualityReason, ...QualityReason[]];

/** How far a value may be trusted, and why it is not good. */
export const qualityShape = {
  quality: z.enum(['good', 'uncertain', 'bad']),
  reasons: z.array(z.enum(REASONS)).describe('Why it is not good'),
};

export const qualityDocument = (quality: number) => ({
  quality: qualityLevel(quality),
  reasons: [...qualityReasons(quality)],
});
