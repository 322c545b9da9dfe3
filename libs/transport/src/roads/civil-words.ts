import { type EpochMs, toCivil } from '#libs/kernel';

/** The civil time of day, with the date on another day than `today`'s: `18:00`, `2026-02-03 12:00`. */
export const describeTime = (instant: EpochMs, timeZone: string, today: EpochMs): string => {
  const [date, time] = civilParts(instant, timeZone);
  return date === civilParts(today, timeZone)[0] ? time : `${date} ${time}`;
};

/** `2026-02-03 12:00`, civil. */
export const describeInstant = (instant: EpochMs, timeZone: string): string => civilParts(instant, timeZone).join(' ');

const civilParts = (instant: EpochMs, timeZone: string): readonly [date: string, time: string] => {
  const text = new Date(toCivil(timeZone, instant)).toISOString();
  return [text.slice(0, 10), text.slice(11, 16)];
};
