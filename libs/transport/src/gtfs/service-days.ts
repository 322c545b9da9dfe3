import { DAY_MS, epochMs, type EpochMs, fromCivil, HOUR_MS } from '#libs/kernel';
import type { Feed, Service } from './feed.js';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const weekdayOf = (day: number): (typeof WEEKDAYS)[number] => WEEKDAYS[new Date(day).getUTCDay()] ?? 'sunday';

/** The civil midnight (ms, as `toCivil` gives it) at or before a civil time. */
export const civilDay = (civil: number): number => Math.floor(civil / DAY_MS) * DAY_MS;

/** The instant from which GTFS counts a service day's seconds: twelve hours before its noon. */
export const serviceDayStart = (timeZone: string, day: number): EpochMs =>
  epochMs(fromCivil(timeZone, day + 12 * HOUR_MS) - 12 * HOUR_MS);

/** Looked up again and again for a few days: each once a feed, and all forgotten when there are too many. */
const MOST_DAYS = 64;
const servicesByFeed = new WeakMap<Feed, Map<number, ReadonlySet<string>>>();

/** First and last civil day (midnight, ms) that any service of the feed names; not finite where none does. */
export const serviceRange = (feed: Feed): readonly [first: number, last: number] => {
  const days = [...feed.services.values()].flatMap(({ calendar, added }) => [
    ...(calendar ? [calendar.start_date, calendar.end_date] : []),
    ...added,
  ]);
  return days.reduce(([first, last], day) => [Math.min(first, day), Math.max(last, day)], [Infinity, -Infinity]);
};

/**
 * Services that run on a civil day. A recorded feed repeats by weekday: a day past its last date stands for the same
 * weekday of its last week, a day before its first date for the same weekday of its first week.
 */
export const servicesOn = (feed: Feed, day: number): ReadonlySet<string> => {
  const days = servicesByFeed.get(feed) ?? new Map<number, ReadonlySet<string>>();
  servicesByFeed.set(feed, days);
  const known = days.get(day);
  if (known) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const services = listServices(feed, day);
  days.set(day, services);
  return services;
};

const listServices = (feed: Feed, day: number): ReadonlySet<string> => {
  const [first, last] = serviceRange(feed);
  if (!Number.isFinite(first)) return new Set();
  const week = 7 * DAY_MS;
  let recorded = day;
  if (day > last) recorded = day - Math.ceil((day - last) / week) * week;
  else if (day < first) recorded = day + Math.ceil((first - day) / week) * week;
  return new Set([...feed.services].flatMap(([id, service]) => (runs(service, recorded) ? [id] : [])));
};

/** Seven civil days that stand for every later day of a recorded feed, by weekday. */
export const repeatingWeek = (feed: Feed): readonly number[] => {
  const [, last] = serviceRange(feed);
  return Number.isFinite(last) ? Array.from({ length: 7 }, (_, index) => last + (index + 1) * DAY_MS) : [];
};

const runs = ({ calendar, added, removed }: Service, day: number): boolean =>
  added.has(day) ||
  (!removed.has(day) &&
    calendar !== undefined &&
    calendar[weekdayOf(day)] &&
    calendar.start_date <= day &&
    day <= calendar.end_date);
