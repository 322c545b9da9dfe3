import { HOUR_MS, type SlotGrid } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import type { Pattern } from '../prepare/patterns.js';
import { scheduledPerSlot } from '../prepare/scheduled.js';
import type { TransitPattern } from './transit-network.js';

/** Patterns of a feed with the frequency that its timetable has on a grid. */
export const listTransitPatterns = (
  feed: Feed,
  patterns: readonly Pattern[],
  timeZone: string,
  grid: SlotGrid,
): readonly TransitPattern[] =>
  patterns.map((pattern) => {
    const departures = scheduledPerSlot(feed, pattern, timeZone, grid).reduce((sum, count) => sum + count, 0);
    return {
      line: pattern.line,
      pattern: pattern.id,
      perHour: departures / ((grid.count * grid.slotMs) / HOUR_MS),
      stops: pattern.stops,
    };
  });
