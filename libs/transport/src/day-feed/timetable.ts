import type { Feed } from '../gtfs/feed.js';
import { type Pattern, patternsOf } from '../prepare/patterns.js';

/** A schedule as spectators' feeds are made of it: read once. */
export interface Timetable {
  readonly feed: Feed;
  /** By id. */
  readonly patterns: ReadonlyMap<string, Pattern>;
  /** In which the feed's times are civil times. */
  readonly timeZone: string;
}

export const openTimetable = (feed: Feed, timeZone: string): Timetable => ({
  feed,
  patterns: new Map(patternsOf(feed).map((pattern) => [pattern.id, pattern])),
  timeZone,
});
