import { DAY_MS } from '#libs/kernel';
import type { Calendar } from '../feed.js';
import { date } from '../schema/field-types.js';
import type { NoticeBook } from './notice-book.js';
import { type CheckedTables, groupRows, type Numbered } from './tables.js';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
/** Days of one calendar that are looked at: a century. */
const MOST_DAYS = 36_525;

/** By service the civil days (midnight, ms) on which it runs. */
export type ServiceDays = ReadonlyMap<string, ReadonlySet<number>>;

/** The days of every service: weekdays within the range, then exceptions. */
export const listServiceDays = (tables: CheckedTables): ServiceDays => {
  const days = new Map<string, Set<number>>();
  for (const { row } of tables.rowsOf('calendar.txt')) {
    const found = days.get(row.service_id) ?? new Set<number>();
    const last = Math.min(row.end_date, row.start_date + MOST_DAYS * DAY_MS);
    for (let day = row.start_date; day <= last; day += DAY_MS) {
      if (row[WEEKDAYS[new Date(day).getUTCDay()] ?? 'sunday']) found.add(day);
    }
    days.set(row.service_id, found);
  }
  for (const { row } of tables.rowsOf('calendar_dates.txt')) {
    const found = days.get(row.service_id) ?? new Set<number>();
    if (row.exception_type === 1) found.add(row.date);
    else found.delete(row.date);
    days.set(row.service_id, found);
  }
  return days;
};

/** Ranges and weekdays of calendars, and whether the feed says anything of today. */
export const checkCalendars = (tables: CheckedTables, days: ServiceDays, today: number, book: NoticeBook): void => {
  const calendars = tables.rowsOf('calendar.txt');
  for (const calendar of calendars) checkCalendar(calendar, book);
  checkExpired(tables, days, today, book);
  checkCoverage(tables, days, today, book);
  checkFeedInfo(tables, today, book);
};

const checkCalendar = ({ line, row }: Numbered<Calendar>, book: NoticeBook): void => {
  const place = { file: 'calendar.txt', row: line };
  if (row.end_date < row.start_date) {
    const message = `end_date lies before start_date ${date.write(row.start_date)}.`;
    const value = date.write(row.end_date);
    book.add({ rule: 'start_and_end_range_out_of_order', ...place, field: 'end_date', value, message });
  }
  if (!WEEKDAYS.some((weekday) => row[weekday])) {
    const message = `Service ${row.service_id} runs on no day of the week.`;
    book.add({
      rule: 'service_has_no_active_day_of_the_week',
      ...place,
      field: 'service_id',
      value: row.service_id,
      message,
    });
  }
};

const checkExpired = (tables: CheckedTables, days: ServiceDays, today: number, book: NoticeBook): void => {
  const lastOf = (service: string): number | undefined => {
    const found = days.get(service);
    return found && found.size > 0 ? [...found].reduce((a, b) => Math.max(a, b)) : undefined;
  };
  const expire = (file: string, line: number, service: string, last: number): void => {
    const message = `Service ${service} ran for the last time on ${date.write(last)}.`;
    book.add({ rule: 'expired_calendar', file, row: line, field: 'service_id', value: service, message });
  };
  const calendars = tables.rowsOf('calendar.txt');
  for (const { line, row } of calendars) {
    const last = lastOf(row.service_id);
    if (last !== undefined && last < today) expire('calendar.txt', line, row.service_id, last);
  }
  if (calendars.length > 0) return;
  // Where every service is a list of dates, past ones are usual: only a feed that is over as a whole is named.
  const services = [...groupRows(tables.rowsOf('calendar_dates.txt'), ({ row }) => row.service_id)];
  if (services.some(([service]) => (lastOf(service) ?? 0) >= today)) return;
  for (const [service, [first]] of services) {
    const last = lastOf(service);
    if (first && last !== undefined) expire('calendar_dates.txt', first.line, service, last);
  }
};

/** Share of the busiest day's trips that a day needs to count as service. */
const MAJORITY = 0.75;

const checkCoverage = (tables: CheckedTables, days: ServiceDays, today: number, book: NoticeBook): void => {
  const departures = new Map<string, number>();
  for (const { row } of tables.rowsOf('frequencies.txt')) {
    const count = Math.max(0, Math.ceil((row.end_time - row.start_time) / row.headway_secs));
    departures.set(row.trip_id, (departures.get(row.trip_id) ?? 0) + count);
  }
  const tripsOfService = new Map<string, number>();
  for (const { row } of tables.rowsOf('trips.txt')) {
    const count = departures.get(row.trip_id) ?? 1;
    tripsOfService.set(row.service_id, (tripsOfService.get(row.service_id) ?? 0) + count);
  }
  const tripsOn = new Map<number, number>();
  for (const [service, count] of tripsOfService) {
    for (const day of days.get(service) ?? []) tripsOn.set(day, (tripsOn.get(day) ?? 0) + count);
  }
  if (tripsOn.size === 0) return;
  const busiest = [...tripsOn.values()].reduce((a, b) => Math.max(a, b));
  const served = [...tripsOn].flatMap(([day, trips]) => (trips >= busiest * MAJORITY ? [day] : []));
  const first = served.reduce((a, b) => Math.min(a, b));
  const last = served.reduce((a, b) => Math.max(a, b));
  if (first <= today && last >= today + 7 * DAY_MS) return;
  const message = `Most trips run from ${date.write(first)} to ${date.write(last)}; today is ${date.write(today)}.`;
  book.add({ rule: 'trip_coverage_not_active_for_next7_days', file: 'trips.txt', message });
};

const checkFeedInfo = (tables: CheckedTables, today: number, book: NoticeBook): void => {
  const file = 'feed_info.txt';
  for (const { line, row } of tables.rowsOf(file)) {
    const { feed_start_date: start, feed_end_date: end } = row;
    const place = { file, row: line };
    if (row.feed_contact_email === undefined && row.feed_contact_url === undefined) {
      const message = 'Neither feed_contact_email nor feed_contact_url is there.';
      book.add({ rule: 'missing_feed_contact_email_and_url', ...place, field: 'feed_contact_email', message });
    }
    if ((start === undefined) !== (end === undefined)) {
      const field = start === undefined ? 'feed_start_date' : 'feed_end_date';
      book.add({
        rule: 'missing_feed_info_date',
        ...place,
        field,
        message: `${field} is missing and the other is there.`,
      });
    }
    if (end === undefined) continue;
    const value = date.write(end);
    if (start !== undefined && end < start) {
      const message = 'feed_end_date lies before feed_start_date.';
      book.add({ rule: 'start_and_end_range_out_of_order', ...place, field: 'feed_end_date', value, message });
    }
    const daysLeft = Math.floor((end - today) / DAY_MS);
    if (daysLeft >= 30) continue;
    const rule = daysLeft < 7 ? 'feed_expiration_date7_days' : 'feed_expiration_date30_days';
    book.add({
      rule,
      ...place,
      field: 'feed_end_date',
      value,
      message: `The feed ends on ${value}; today is ${date.write(today)}.`,
    });
  }
};
