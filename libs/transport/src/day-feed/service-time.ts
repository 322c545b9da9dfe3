import { DAY_MS, epochMs, type EpochMs, HOUR_MS, toCivil } from '#libs/kernel';
import { civilDay, serviceDayStart } from '../gtfs/service-days.js';

/** A departure that no timetable knows belongs to the day before until this hour: the night belongs to the evening. */
const NIGHT_ENDS_MS = 4 * HOUR_MS;

/** The service day (civil midnight, ms) of a departure that no timetable knows. */
export const serviceDayOf = (timeZone: string, at: EpochMs): number => civilDay(toCivil(timeZone, at) - NIGHT_ENDS_MS);

/** The service day after another. */
export const dayAfter = (day: number): number => day + DAY_MS;

/** The instant of a service day's second. */
export const instantOf = (timeZone: string, day: number, second: number): EpochMs =>
  epochMs(serviceDayStart(timeZone, day) + second * 1000);

/** The second of a service day; past 86,400 after midnight. */
export const secondOf = (timeZone: string, day: number, at: EpochMs): number =>
  Math.round((at - serviceDayStart(timeZone, day)) / 1000);

/** `YYYYMMDD` */
export const formatDate = (day: number): string => new Date(day).toISOString().slice(0, 10).replaceAll('-', '');

/** `HH:MM:SS`, hours past 24 after midnight. */
export const formatTime = (second: number): string =>
  [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
