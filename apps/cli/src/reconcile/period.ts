import { findCivil, formatCivilDate } from '#libs/games';
import {
  DAY_MS,
  epochMs,
  type EpochMs,
  fail,
  floorTo,
  fromCivil,
  MINUTE_MS,
  ok,
  type Result,
  type SlotGrid,
  toCivil,
} from '#libs/kernel';

const SLOT_MS = 15 * MINUTE_MS;
/** Days before the first that are read as like days. */
const LIKE_DAYS = 28;
const USUAL_DAYS = 7;

export interface Period {
  /** Civil dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly start: EpochMs;
  /** The end of `to`, or of the last quarter hour that is over. */
  readonly end: EpochMs;
  /** Quarter hours from four weeks before `start` to `end`. */
  readonly grid: SlotGrid;
}

/** Civil days from `from` to `to`, both included: by default the seven up to the one under way at `now`, in event time. */
export const choosePeriod = (
  asked: { readonly from?: string; readonly to?: string },
  timeZone: string,
  now: EpochMs,
): Result<Period, string> => {
  const midnights = [asked.from, asked.to].map((date) => (date === undefined ? undefined : findCivil(`${date}T00:00`)));
  for (const [at, date] of [asked.from, asked.to].entries())
    if (date !== undefined && midnights[at] === undefined)
      return fail(`--${at === 0 ? 'from' : 'to'} is ${date}; it must be a civil date such as 2026-02-06.`);
  const last = midnights[1] ?? Math.floor(toCivil(timeZone, now) / DAY_MS) * DAY_MS;
  const first = midnights[0] ?? last - (USUAL_DAYS - 1) * DAY_MS;
  const [from, to] = [formatCivilDate(first), formatCivilDate(last)];
  if (first > last) return fail(`--from ${from} is after --to ${to}. Perhaps they are the wrong way round.`);
  const start = fromCivil(timeZone, first);
  const end = epochMs(Math.min(fromCivil(timeZone, last + DAY_MS), floorTo(now, SLOT_MS)));
  if (end <= start)
    return fail(`Of ${from} no quarter hour is over yet: the event is at ${formatCivilDate(toCivil(timeZone, now))}.`);
  const gridStart = fromCivil(timeZone, first - LIKE_DAYS * DAY_MS);
  const grid = { start: gridStart, slotMs: SLOT_MS, count: Math.floor((end - gridStart) / SLOT_MS) };
  return ok({ from, to, start, end, grid });
};
