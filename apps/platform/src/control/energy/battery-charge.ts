import type { Pack } from '#libs/games';
import { epochMs, type EpochMs, MINUTE_MS } from '#libs/kernel';
import type { ReadingRow, ReadingStore } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import type { PackPoints } from '../points.js';

const QUALITY_BITS = 3;
/** A slot of the plan: an older charge says too little of what the battery holds now. */
const MAX_AGE_MS = 15 * MINUTE_MS;

/**
 * The charge that a plan starts from, a ratio by venue: the last one that is not bad and at most 15 event-minutes old. A venue without
 * one is left out, and its battery rests in the plan.
 */
export const chargeByVenue = async (
  store: Pick<ReadingStore, 'raw'>,
  pack: { readonly venues: readonly Pick<Pack['venues'][number], 'id'>[] },
  points: PackPoints,
  now: EpochMs,
): Promise<ReadonlyMap<string, number>> => {
  const measured = pack.venues.flatMap(({ id }) => points.findKind(id, 'battery_soc') ?? []);
  const ids = measured.map(({ id }) => id);
  const readings = await store.raw(ids, epochMs(now - MAX_AGE_MS), epochMs(now + MINUTE_MS));
  const lastGood = new Map<number, ReadingRow>();
  for (const reading of readings)
    if ((reading.quality & QUALITY_BITS) !== QUALITY.bad) lastGood.set(reading.pointId, reading);
  return new Map(
    measured.flatMap(({ id, venue }) => {
      const reading = lastGood.get(id);
      return reading ? [[venue, Math.min(1, Math.max(0, reading.value))] as const] : [];
    }),
  );
};
