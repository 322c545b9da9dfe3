import { epochMs, MINUTE_MS, type SlotGrid } from '#libs/kernel';
import { calendarOf, type Intervals, type MeterSeries } from './meter-series.js';
import { estimateIntervals } from './estimate-intervals.js';

export const DAY_SLOTS = 96;

/** Quarter hours of whole days from Monday, 2 February 2026, in UTC. */
export const daysOf = (days: number): SlotGrid => ({
  start: epochMs(Date.UTC(2026, 1, 2)),
  slotMs: 15 * MINUTE_MS,
  count: days * DAY_SLOTS,
});

/** A meter that shows a function of the slot. */
export const meterOf = (
  meter: string,
  grid: SlotGrid,
  kw: (slot: number) => number | undefined,
  register?: MeterSeries['register'],
): MeterSeries => ({
  meter,
  kw: Array.from({ length: grid.count }, (_, slot) => kw(slot)),
  ...(register && { register }),
});

export const intervalsOf = (grid: SlotGrid, ...meters: readonly MeterSeries[]): ReadonlyMap<string, Intervals> => {
  const calendar = calendarOf(grid, 'UTC');
  return new Map(meters.map((series) => [series.meter, estimateIntervals(series, calendar)]));
};
