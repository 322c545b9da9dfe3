import { formatCivilDate, type Games } from '#libs/games';
import { DAY_MS, type EpochMs, HOUR_MS, type Interval, toCivil } from '#libs/kernel';
import type { LedgerDay } from '#libs/store';

/** A day is asked for so long before it begins: at 60 times the speed of time, ten minutes and more. */
const AHEAD_MS = 12 * HOUR_MS;
/** Readings that gateways kept come after the day; it is counted again so often, and no more after so long. */
const [COUNT_EVERY_MS, SETTLED_MS] = [HOUR_MS, DAY_MS];

/** The days of the event that are to stand in the ledger now: today, and from noon on tomorrow. */
export const daysToOpen = ({ time_zone: zone, days }: Pick<Games, 'time_zone' | 'days'>, now: EpochMs): string[] => {
  const dates = [0, AHEAD_MS].map((ahead) => formatCivilDate(toCivil(zone, now) + ahead));
  return [...new Set(dates)].filter((day) => !days || (day >= days.first && day <= days.last));
};

/** Whether the outcome of a day is to be counted now: an hour after its end, and again each hour of the next day. */
export const isCountDue = ({ counted }: Pick<LedgerDay, 'counted'>, { end }: Interval, now: EpochMs): boolean =>
  now >= Math.max(end, counted ?? end) + COUNT_EVERY_MS;

/** Whether nothing more is expected to come in of a day that is counted now. The first time after a long stop, gateways may only have begun to send what they kept. */
export const isSettled = (
  { counted }: Pick<LedgerDay, 'counted'>,
  liveRatio: number,
  { end }: Interval,
  now: EpochMs,
): boolean => liveRatio === 1 || (counted !== null && now >= end + SETTLED_MS);

/** When a prediction was there: before its day began, during it, or after it was over. */
export const timingOf = ({ start, end }: Interval, predicted: EpochMs): 'before' | 'during' | 'late' =>
  predicted < start ? 'before' : predicted < end ? 'during' : 'late';
