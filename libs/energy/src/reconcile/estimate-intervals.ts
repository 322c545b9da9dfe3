import { DAY_MS } from '#libs/kernel';
import {
  type Calendar,
  type Intervals,
  isEstimated,
  type MeterInterval,
  type MeterSeries,
  type RegisterSpan,
  SLOT_HOURS,
} from './meter-series.js';

/** Two hours: up to this a straight line is as good as any other day. */
const SHORT_SLOTS = 8;
/** Days whose mean stands in for a missing time. */
const LIKE_DAYS = 3;
/** The same weekday, nearest first and the past before the future. */
const SAME_WEEKDAY = [1, 2, 3, 4].flatMap((weeks) => [-7 * weeks, 7 * weeks]);
const NEAR_DAYS = [1, 2, 3, 4, 5, 6].flatMap((days) => [-days, days]);

/**
 * A meter's quarter hours with every gap filled that can be, each filled one marked; what was measured stays as it was. As validation,
 * estimation and editing (VEE) of interval data goes: gaps up to two hours between measured values by straight lines, longer ones by the same
 * times of like days (the mean of the three nearest of the same weekday within four weeks, else of the same kind, working day or weekend,
 * within six days). Where a register went on across a gap, what is estimated there sums to what the register says.
 */
export const estimateIntervals = (series: MeterSeries, calendar: Calendar): Intervals => {
  const measured = measuredOf(series);
  const filled = [...measured];
  for (const { from, until } of gapsOf(measured)) {
    const [before, after] = [measured[from - 1], measured[until]];
    const isShort = until - from <= SHORT_SLOTS && before !== undefined && after !== undefined;
    for (let slot = from; slot < until; slot++) {
      filled[slot] = isShort
        ? { kw: before.kw + ((after.kw - before.kw) * (slot - from + 1)) / (until - from + 1), origin: 'interpolated' }
        : likeDays(measured, calendar, slot);
    }
  }
  for (const span of series.register ?? []) fitToRegister(filled, span);
  return filled;
};

const measuredOf = ({ kw, register = [] }: MeterSeries): Intervals => {
  const measured = kw.map((value): MeterInterval | undefined =>
    value === undefined ? undefined : { kw: value, origin: 'readings' },
  );
  for (const { from_slot, until_slot, kwh } of register)
    if (until_slot - from_slot === 1) measured[from_slot] = { kw: kwh / SLOT_HOURS, origin: 'register' };
  return measured;
};

const gapsOf = (measured: Intervals): readonly { readonly from: number; readonly until: number }[] => {
  const gaps: { from: number; until: number }[] = [];
  for (const [slot, interval] of measured.entries()) {
    if (interval !== undefined) continue;
    const last = gaps.at(-1);
    if (last?.until === slot) last.until = slot + 1;
    else gaps.push({ from: slot, until: slot + 1 });
  }
  return gaps;
};

const likeDays = (measured: Intervals, { civil, slotAt }: Calendar, slot: number): MeterInterval | undefined => {
  const time = civil[slot] ?? 0;
  const measuredAt = (offsets: readonly number[]): readonly number[] =>
    offsets.flatMap((days) => measured[slotAt.get(time + days * DAY_MS) ?? -1]?.kw ?? []).slice(0, LIKE_DAYS);
  const sameWeekday = measuredAt(SAME_WEEKDAY);
  const isOfKind = (days: number): boolean => isWeekend(time + days * DAY_MS) === isWeekend(time);
  const values = sameWeekday.length > 0 ? sameWeekday : measuredAt(NEAR_DAYS.filter(isOfKind));
  if (values.length === 0) return undefined;
  return { kw: values.reduce((sum, kw) => sum + kw, 0) / values.length, origin: 'like_days' };
};

const isWeekend = (civil: number): boolean => [0, 6].includes(new Date(civil).getUTCDay());

/** What the register says of a span, less what was measured in it, is shared out over the rest: as it was estimated, or evenly where something is missing. */
const fitToRegister = (filled: (MeterInterval | undefined)[], { from_slot, until_slot, kwh }: RegisterSpan): void => {
  const span = Array.from({ length: until_slot - from_slot }, (_, at) => from_slot + at);
  const open = span.filter((slot) => {
    const interval = filled[slot];
    return interval === undefined || isEstimated(interval);
  });
  const sumKw = (slots: readonly number[]): number => slots.reduce((sum, slot) => sum + (filled[slot]?.kw ?? 0), 0);
  const known = sumKw(span.filter((slot) => !open.includes(slot)));
  const restKw = Math.max(0, kwh / SLOT_HOURS - known);
  const estimated = sumKw(open);
  const evenly = estimated <= 0 || open.some((slot) => filled[slot] === undefined);
  for (const slot of open) {
    const { kw = 0, origin = 'interpolated' } = filled[slot] ?? {};
    filled[slot] = { kw: evenly ? restKw / open.length : (kw * restKw) / estimated, origin };
  }
};
