import { type SlotHistory, toHistory } from '#libs/forecast';
import { minuteValues, type Pack, type Point, type RecordedRule } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';

/** A week and a day: what the forecast looks back to. */
const HISTORY_MS = 8 * DAY_MS;

/** What had been measured of a recorded series by `now`, a slot's start: mean power, or people, of each slot. */
export const historyOf = (pack: Pack, recorded: RecordedRule, now: EpochMs, slotMs: number): SlotHistory => {
  const start = epochMs(now - HISTORY_MS);
  const minutes = minuteValues(pack, recorded, start, now);
  const steps = Array.from(minutes, (sum, minute) => ({ ts: start + minute * MINUTE_MS, sum, count: 1 }));
  return toHistory({ start, slotMs, count: HISTORY_MS / slotMs }, steps, recorded.rule === 'spread' ? 'sum' : 'mean');
};

/** The recorded series behind a venue's point of this kind. */
export const findRecorded = (pack: Pack, venue: string, kind: Point['kind']): RecordedRule | undefined =>
  pack.gateways
    .filter((gateway) => gateway.venue === venue)
    .flatMap(({ points }) => points)
    .find((point) => point.kind === kind)?.recorded;
