import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/kernel';

const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

/** A civil time as `toCivil` gives it, from `2005-07-24T00:30`; undefined when there is no such day or time of day. */
export const findCivil = (text: string): number | undefined => {
  const match = shape.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const midnight = Date.UTC(year, month - 1, day);
  if (formatCivilDate(midnight) !== text.slice(0, 10) || hour > 23 || minute > 59) return undefined;
  return midnight + hour * HOUR_MS + minute * MINUTE_MS;
};

/** Minutes after midnight of a time of day such as `05:30`; undefined when there is no such time. */
export const findMinute = (clock: string): number | undefined => {
  const civil = findCivil(`2005-01-01T${clock}`);
  return civil === undefined ? undefined : (civil % DAY_MS) / MINUTE_MS;
};

/** Minutes from one time of day to another, past midnight where `until` is not after `from`. */
export const windowMinutes = (from: string, until: string): number | undefined => {
  const [start, end] = [findMinute(from), findMinute(until)];
  if (start === undefined || end === undefined) return undefined;
  return end > start ? end - start : end - start + DAY_MS / MINUTE_MS;
};

/** As `findCivil`, for text that was checked before. */
export const getCivil = (text: string): number => {
  const civil = findCivil(text);
  if (civil === undefined) throw new Error(`${text} is no civil time.`);
  return civil;
};

/** The civil date, `2005-07-24`. */
export const formatCivilDate = (civil: number): string =>
  new Date(Math.floor(civil / DAY_MS) * DAY_MS).toISOString().slice(0, 10);

/** `2005-07-24T00:30`. */
export const formatCivil = (civil: number): string => new Date(civil).toISOString().slice(0, 16);
