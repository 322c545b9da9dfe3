import { type EpochMs, HOUR_MS } from '#libs/kernel';

/** What one gateway gave up, as far as it was seen. */
export interface Loss {
  readonly venue: string;
  readonly gateway: string;
  /** Its own count when it was last looked at. */
  readonly dropped: number;
  /** Readings given up since the trouble began, and the event time at which the count last grew. */
  readonly readings: number;
  readonly last: EpochMs;
}

/** Trouble is over when the count has not grown for so long, event time. */
const OVER_AFTER_MS = HOUR_MS;

const isRecent = ({ readings, last }: Loss, now: EpochMs): boolean => readings > 0 && now - last < OVER_AFTER_MS;

/**
 * Takes in what gateways count now; null: it does not say, as in its last will. A count that fell is a new buffer's, which began at 0.
 * A gateway that is not in `counts` is forgotten.
 */
export const advanceLosses = (
  previous: readonly Loss[],
  counts: readonly { readonly venue: string; readonly gateway: string; readonly dropped: number | null }[],
  now: EpochMs,
): readonly Loss[] => {
  const seen = new Map(previous.map((loss) => [`${loss.venue}/${loss.gateway}`, loss]));
  return counts.flatMap(({ venue, gateway, dropped }) => {
    const before = seen.get(`${venue}/${gateway}`);
    if (dropped === null || dropped === before?.dropped) return before ?? [];
    const grown = dropped - (before && before.dropped < dropped ? before.dropped : 0);
    if (grown === 0) return before ? { ...before, dropped } : [];
    const earlier = before && isRecent(before, now) ? before.readings : 0;
    return { venue, gateway, dropped, readings: earlier + grown, last: now };
  });
};

/** Those that still are trouble. */
export const recentLosses = (losses: readonly Loss[], now: EpochMs): readonly Loss[] =>
  losses.filter((loss) => isRecent(loss, now));
