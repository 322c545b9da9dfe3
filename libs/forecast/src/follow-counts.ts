import { HOUR_MS, slotStart } from '#libs/kernel';
import type { SlotHistory } from './history.js';
import { seasonalErrors } from './season.js';
import { type Forecast, moveForecast } from './seasonal-naive.js';

/** People are looked back at for so long: single slots of a door say little. */
const LOOK_BACK_MS = HOUR_MS;
/** What the rule missed is worth 1/e of itself so much later. */
const MEMORY_MS = HOUR_MS;

/**
 * Moves a forecast of people by what its rule missed on average in the last hour, less and less with time: when last week was a holiday, or another crowd has come, the next
 * hours are like the last one and not like last week. `least` as the forecast was made with.
 */
export const followCounts = (forecast: Forecast, history: SlotHistory, timeZone: string, least: number): Forecast => {
  const { grid } = forecast;
  const first = history.grid.count - Math.ceil((2 * LOOK_BACK_MS) / history.grid.slotMs);
  const recent = seasonalErrors(history, timeZone, Math.max(0, first)).filter(
    ({ at }) => at < grid.start && at >= grid.start - LOOK_BACK_MS,
  );
  if (recent.length === 0) return forecast;
  const missed = recent.reduce((sum, { error }) => sum + error, 0) / recent.length;
  const moved = (values: readonly number[]): readonly number[] =>
    values.map((value, slot) =>
      Math.max(least, value + missed * Math.exp(-(slotStart(grid, slot) - grid.start) / MEMORY_MS)),
    );
  return moveForecast(forecast, moved);
};
