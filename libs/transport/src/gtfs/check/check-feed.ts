import type { FeedFiles } from '../archive.js';
import { checkAgencies } from './check-agencies.js';
import { checkBlocks } from './check-blocks.js';
import { checkCalendars, listServiceDays } from './check-calendars.js';
import { checkFiles } from './check-files.js';
import { checkFrequencies } from './check-frequencies.js';
import { checkKeys } from './check-keys.js';
import { checkRoutes } from './check-routes.js';
import { checkShapes } from './check-shapes.js';
import { checkSpeeds } from './check-speeds.js';
import { checkStopTimes } from './check-stop-times.js';
import { checkStops } from './check-stops.js';
import { checkStopsOnShapes } from './check-stops-on-shapes.js';
import { openNoticeBook, type RuleFinding } from './notice-book.js';
import { readTables } from './tables.js';
import { openNetwork } from './trips.js';

export interface CheckOptions {
  /** Civil midnight of the day on which the feed is looked at, ms. */
  readonly today: number;
}

/** What is wrong with a feed, by rule: errors, then warnings, then hints. Never throws, whatever the files hold. */
export const checkFeed = (feed: FeedFiles, { today }: CheckOptions): readonly RuleFinding[] => {
  const book = openNoticeBook();
  checkFiles(feed, book);
  const tables = readTables(feed, book);
  const days = listServiceDays(tables);
  const network = openNetwork(tables);
  checkKeys(tables, book);
  checkAgencies(tables, book);
  checkStops(tables, book);
  checkRoutes(tables, book);
  checkCalendars(tables, days, today, book);
  checkStopTimes(tables, network, book);
  checkFrequencies(tables, book);
  checkBlocks(tables, network, days, book);
  checkShapes(tables, network, book);
  checkSpeeds(tables, network, book);
  checkStopsOnShapes(tables, network, book);
  return book.findings();
};
