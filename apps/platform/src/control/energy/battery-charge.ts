import type { Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import type { ReadingStore } from '#libs/store';
import type { PackPoints } from '../points.js';
import { lastGood } from './last-good.js';

/** The charge that a plan starts from, a ratio by venue. A venue of which none is known is left out, and its battery rests in the plan. */
export const chargeByVenue = async (
  store: Pick<ReadingStore, 'raw'>,
  pack: { readonly venues: readonly Pick<Pack['venues'][number], 'id'>[] },
  points: PackPoints,
  now: EpochMs,
): Promise<ReadonlyMap<string, number>> => {
  const measured = pack.venues.flatMap(({ id }) => points.findKind(id, 'battery_soc') ?? []);
  const values = await lastGood(
    store,
    measured.map(({ id }) => id),
    now,
  );
  return new Map(
    measured.flatMap(({ id, venue }) => {
      const value = values.get(id);
      return value === undefined ? [] : [[venue, Math.min(1, Math.max(0, value))] as const];
    }),
  );
};
