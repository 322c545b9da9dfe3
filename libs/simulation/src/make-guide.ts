import { epochMs, HOUR_MS, type Interval, slotStart } from '#libs/kernel';
import { listWalks, patternsOf, timetableProblem } from '#libs/transport';

import { JourneyGuide } from './journey-guide.js';
import type { Planning } from './planning.js';

/** The last hour of a day looks so far past it. */
const PAST_END_MS = 3 * HOUR_MS;

/** The guide of a day: the timetable of the pack's lines, and walks between their stops. */
export const makeGuide = ({ pack, feed }: Pick<Planning, 'pack' | 'feed'>, { start, end }: Interval): JourneyGuide => {
  const { grid, patterns } = timetableProblem({ pack, feed }, start, epochMs(end + PAST_END_MS));
  const known = new Map(patternsOf(feed).map((pattern) => [pattern.id, pattern]));
  const announced = patterns.map(({ pattern, scheduled = [] }) => ({
    stops: known.get(pattern)?.stops ?? [],
    departs: scheduled.flatMap((count, slot) => new Array<number>(count).fill(slotStart(grid, slot))),
  }));
  const places = [...new Set(announced.flatMap(({ stops }) => stops.map(({ stop }) => stop)))].flatMap((id) => {
    const { stop_lat: lat, stop_lon: lon } = feed.stops.get(id) ?? {};
    return lat === undefined || lon === undefined ? [] : [{ id, lat, lon }];
  });
  return new JourneyGuide(announced, listWalks(places));
};
