import { findMinute, windowMinutes } from '#libs/games';
import {
  DAY_MS,
  epochMs,
  fromCivil,
  type Interval,
  MINUTE_MS,
  overlaps,
  type SlotGrid,
  slotInterval,
  toCivil,
} from '#libs/kernel';

/** The grid from its start to its end. */
export const gridInterval = (grid: SlotGrid): Interval => ({
  start: grid.start,
  end: epochMs(grid.start + grid.count * grid.slotMs),
});

/** Slots that any of the intervals touches. */
export const slotsOf = (grid: SlotGrid, intervals: readonly Interval[]): readonly number[] =>
  Array.from({ length: grid.count }, (_, slot) => slot).filter((slot) =>
    intervals.some((interval) => overlaps(slotInterval(grid, slot), interval)),
  );

/** A daily window's occurrences that overlap an interval; past midnight where `until` is not after `from`. */
export const dailyWindows = (
  { from, until }: { readonly from: string; readonly until: string },
  timeZone: string,
  within: Interval,
): readonly Interval[] => {
  const start = (findMinute(from) ?? 0) * MINUTE_MS;
  const length = (windowMinutes(from, until) ?? 0) * MINUTE_MS;
  const firstDay = Math.floor(toCivil(timeZone, within.start) / DAY_MS) - 1;
  const lastDay = Math.floor(toCivil(timeZone, within.end) / DAY_MS);
  return Array.from({ length: lastDay - firstDay + 1 }, (_, day) => {
    const civil = (firstDay + day) * DAY_MS + start;
    return { start: fromCivil(timeZone, civil), end: fromCivil(timeZone, civil + length) };
  }).filter((window) => overlaps(window, within));
};
