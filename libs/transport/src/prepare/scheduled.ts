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
    const start = serviceDayStart(timeZone, day);
    for (const second of secondsOn(feed, pattern, day)) {
      const slot = findSlot(grid, epochMs(start + second * 1000));
      if (slot !== undefined) counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  return counts;
};

/** By the services that run, as `servicesOn` gives them: departures of a pattern, in seconds of the service day. */
const secondsByPattern = new WeakMap<Pattern, WeakMap<ReadonlySet<string>, Float64Array>>();

const secondsOn = (feed: Feed, pattern: Pattern, day: number): Float64Array => {
  const services = servicesOn(feed, day);
  const known = secondsByPattern.get(pattern) ?? new WeakMap<ReadonlySet<string>, Float64Array>();
  secondsByPattern.set(pattern, known);
  let seconds = known.get(services);
  if (!seconds) {
    const trips = pattern.trips.filter(({ service }) => services.has(service));
    seconds = Float64Array.from(trips.flatMap(departuresOf));
    known.set(services, seconds);
  }
  return seconds;
};
