import { epochMs, type EpochMs, MINUTE_MS } from '#libs/kernel';
import type { ReadingStore } from '#libs/store';
import { QUALITY } from '#libs/telemetry';

const QUALITY_BITS = 3;
/** A slot of the plan: what is older says too little of now. */
const MAX_AGE_MS = 15 * MINUTE_MS;

/** Of each point the last value that is not bad and at most 15 event-minutes old. */
export const lastGood = async (
  store: Pick<ReadingStore, 'raw'>,
  points: readonly number[],
  now: EpochMs,
): Promise<ReadonlyMap<number, number>> => {
  const readings = await store.raw(points, epochMs(now - MAX_AGE_MS), epochMs(now + MINUTE_MS));
  return new Map(
    readings
      .filter(({ quality }) => (quality & QUALITY_BITS) !== QUALITY.bad)
      .map(({ pointId, value }) => [pointId, value]),
  );
};
