import { type EpochMs, HOUR_MS, slotStart } from '#libs/kernel';
import type { SlotHistory } from './history.js';
import { seasonalErrors } from './season.js';
import { type Forecast, moveForecast } from './seasonal-naive.js';

/** A miss of the rule is worth 1/e of itself an hour later. On the campus recording half an hour and two hours leave more energy over limits. */
const MEMORY_MS = HOUR_MS;
/** What was measured longer ago says nothing of now. */
const OLDEST_MS = HOUR_MS;

/**
 * Moves a seasonal forecast by what its rule missed in the last slot that was measured, less and less with time: errors of load and sun
 * persist (an AR(1) correction). What the rule calls nothing, such as the sun at night, stays nothing. `least` as the forecast was made with.
 */
export const followLatest = (forecast: Forecast, history: SlotHistory, timeZone: string, least: number): Forecast => {
  const latest = findLatestMiss(history, timeZone, forecast.grid.start);
  if (!latest) return forecast;
  const moved = (values: readonly number[]): readonly number[] =>
    values.map((value, slot) => {
      if (forecast.values[slot] === 0) return value;
      const age = slotStart(forecast.grid, slot) - latest.at;
      return Math.max(least, value + latest.error * Math.exp(-age / MEMORY_MS));
    });
  return moveForecast(forecast, moved);
};

const findLatestMiss = (history: SlotHistory, timeZone: string, from: EpochMs) => {
  const recent = Math.ceil(OLDEST_MS / history.grid.slotMs);
  return seasonalErrors(history, timeZone, history.grid.count - recent).findLast(
    ({ at }) => at < from && from - at <= OLDEST_MS,
  );
};
