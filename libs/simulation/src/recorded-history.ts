import { type Forecast, seasonalNaive, type SlotHistory, toHistory } from '#libs/forecast';
import { minuteValues, type Pack, type RecordedRule } from '#libs/games';
import { DAY_MS, type EpochMs, epochMs, MINUTE_MS, type SlotGrid } from '#libs/kernel';

/** A week and a day: what the forecast looks back to. */
const HISTORY_MS = 8 * DAY_MS;

/** The recorded values of a grid's slots: mean power, or people. */
export const recordedOn = (pack: Pack, recorded: RecordedRule, grid: SlotGrid): SlotHistory => {
  const minutes = minuteValues(pack, recorded, grid.start, epochMs(grid.start + grid.count * grid.slotMs));
  const steps = Array.from(minutes, (sum, minute) => ({ ts: grid.start + minute * MINUTE_MS, sum, count: 1 }));
  return toHistory(grid, steps, recorded.rule === 'spread' ? 'sum' : 'mean');
};

/** What the platform would forecast at `grid.start` of a recorded series, knowing only what came before. */
export const forecastOf = (pack: Pack, recorded: RecordedRule, grid: SlotGrid): Forecast => {
  const from: EpochMs = epochMs(grid.start - HISTORY_MS);
  const history = recordedOn(pack, recorded, { start: from, slotMs: grid.slotMs, count: HISTORY_MS / grid.slotMs });
  return seasonalNaive({ history, grid, timeZone: pack.games.time_zone, least: 0 });
};

/** The recorded series behind a venue's point of this kind. */
export const findRecorded = (pack: Pack, venue: string, kind: string): RecordedRule | undefined =>
  pack.gateways
    .filter((gateway) => gateway.venue === venue)
    .flatMap(({ points }) => points)
    .find((point) => point.kind === kind)?.recorded;
