import { DAY_MS, epochMs, findSlot, type SlotGrid, slotStart, toCivil } from '#libs/kernel';
import type { Feed, Trip } from '../gtfs/feed.js';
import { civilDay, serviceDayStart, servicesOn } from '../gtfs/service-days.js';
import type { Pattern } from './patterns.js';

/** Departures of a trip on its service day, in seconds of that day. */
export const departuresOf = (trip: Trip): readonly number[] => {
  if (trip.headways.length === 0) return trip.stops.slice(0, 1).map(({ departureS }) => departureS);
  return trip.headways.flatMap(({ startS, endS, headwayS }) =>
    Array.from({ length: Math.max(0, Math.ceil((endS - startS) / headwayS)) }, (_, index) => startS + index * headwayS),
  );
};

/** The longest a service day runs past its end, days. */
const SERVICE_DAYS_BACK = 2;

/** Departures of a pattern's timetable in each slot, the feed's times read as civil times of `timeZone`. */
export const scheduledPerSlot = (feed: Feed, pattern: Pattern, timeZone: string, grid: SlotGrid): readonly number[] => {
  const counts = new Array<number>(grid.count).fill(0);
  const lastDay = civilDay(toCivil(timeZone, slotStart(grid, grid.count)));
  const firstDay = civilDay(toCivil(timeZone, grid.start)) - SERVICE_DAYS_BACK * DAY_MS;
  for (let day = firstDay; day <= lastDay; day += DAY_MS) {
    const services = servicesOn(feed, day);
    const start = serviceDayStart(timeZone, day);
    for (const trip of pattern.trips) {
      if (!services.has(trip.service)) continue;
      for (const second of departuresOf(trip)) {
        const slot = findSlot(grid, epochMs(start + second * 1000));
        if (slot !== undefined) counts[slot] = (counts[slot] ?? 0) + 1;
      }
    }
  }
  return counts;
};
