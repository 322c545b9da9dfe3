import { DAY_MS, type EpochMs, epochMs, fromCivil, toCivil } from '#libs/kernel';

const iso = (timeZone: string, instant: number): string => new Date(toCivil(timeZone, epochMs(instant))).toISOString();

/** `14:05` in the event's time zone. */
export const formatTime = (timeZone: string, instant: number): string => iso(timeZone, instant).slice(11, 16);

/** `14:05:09` in the event's time zone. */
export const formatClock = (timeZone: string, instant: number): string => iso(timeZone, instant).slice(11, 19);

/** `2026-02-07` in the event's time zone. */
export const formatDate = (timeZone: string, instant: number): string => iso(timeZone, instant).slice(0, 10);

/** `14:05` on the day of `now`, else with the date before it. */
export const formatMoment = (timeZone: string, instant: number, now: number): string =>
  formatDate(timeZone, instant) === formatDate(timeZone, now)
    ? formatTime(timeZone, instant)
    : `${formatDate(timeZone, instant)} ${formatTime(timeZone, instant)}`;

/** `18:00`, `18:00 tomorrow`, else with the date before it. */
export const formatSoon = (timeZone: string, instant: number, now: number): string =>
  formatDate(timeZone, instant) === formatDate(timeZone, fromCivil(timeZone, toCivil(timeZone, epochMs(now)) + DAY_MS))
    ? `${formatTime(timeZone, instant)} tomorrow`
    : formatMoment(timeZone, instant, now);

/** `now`, `in 4 min`, `6 min ago`. */
export const formatDistance = (instant: number, now: number): string => {
  const minutes = Math.round((instant - now) / 60_000);
  if (minutes === 0) return 'now';
  return minutes > 0 ? `in ${minutes} min` : `${-minutes} min ago`;
};

/** The next instant after `now` at which clocks of the event show `time` (`HH:MM`). */
export const nextTime = (timeZone: string, time: string, now: EpochMs): EpochMs | undefined => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  const civilNow = toCivil(timeZone, now);
  const today = Math.floor(civilNow / DAY_MS) * DAY_MS + minutes * 60_000;
  return fromCivil(timeZone, today > civilNow ? today : today + DAY_MS);
};
