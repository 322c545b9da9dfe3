import { DAY_MS, type EpochMs, epochMs, fromCivil, type SlotGrid, slotStart, toCivil } from '#libs/kernel';

/** Meters are read by quarter hours. */
export const SLOT_HOURS = 0.25;

/** What an energy register went up by from the end of the slot before `from_slot` to the end of the slot before `until_slot`. */
export interface RegisterSpan {
  readonly from_slot: number;
  /** Past the last slot. */
  readonly until_slot: number;
  readonly kwh: number;
}

/** What a meter said, one value a slot. */
export interface MeterSeries {
  /** `<venue>/<point>`. */
  readonly meter: string;
  /** Mean power by its readings; undefined where there are too few. */
  readonly kw: readonly (number | undefined)[];
  /** Of its register, where it has one: preferred over `kw`. Spans do not overlap. */
  readonly register?: readonly RegisterSpan[];
}

/** Where a value comes from: measured by register or by readings, or estimated. */
export type Origin = 'register' | 'readings' | 'interpolated' | 'like_days';

export interface MeterInterval {
  readonly kw: number;
  readonly origin: Origin;
}

/** One a slot; undefined: missing, and nothing to estimate it from. */
export type Intervals = readonly (MeterInterval | undefined)[];

export const isEstimated = ({ origin }: MeterInterval): boolean => origin === 'interpolated' || origin === 'like_days';

/** Slots of a grid by civil time. */
export interface Calendar {
  /** Civil time of each slot's start, as `toCivil` gives it. */
  readonly civil: readonly number[];
  /** The slot that starts at a civil time; of two, in the hour that occurs twice, the earlier. */
  readonly slotAt: ReadonlyMap<number, number>;
}

export const calendarOf = (grid: SlotGrid, timeZone: string): Calendar => {
  const civil = Array.from({ length: grid.count }, (_, slot) => toCivil(timeZone, slotStart(grid, slot)));
  const slotAt = new Map<number, number>();
  for (const [slot, time] of civil.entries()) if (!slotAt.has(time)) slotAt.set(time, slot);
  return { civil, slotAt };
};

/** A civil day as slots of a grid. */
export interface CivilDay {
  /** `2026-02-06`. */
  readonly day: string;
  readonly from_slot: number;
  /** Past the last slot. */
  readonly until_slot: number;
}

/** The civil days that a grid holds any of, from that of `from`; of 23 and 25 hours where clocks change. Their slots are cut to the grid. */
export const civilDays = (grid: SlotGrid, timeZone: string, from: EpochMs): readonly CivilDay[] => {
  const end = epochMs(grid.start + grid.count * grid.slotMs);
  const days: CivilDay[] = [];
  const slotOf = (instant: number): number =>
    Math.min(grid.count, Math.max(0, Math.round((instant - grid.start) / grid.slotMs)));
  for (let midnight = Math.floor(toCivil(timeZone, from) / DAY_MS) * DAY_MS; ; midnight += DAY_MS) {
    const start = fromCivil(timeZone, midnight);
    if (start >= end) return days;
    days.push({
      day: new Date(midnight).toISOString().slice(0, 10),
      from_slot: slotOf(start),
      until_slot: slotOf(fromCivil(timeZone, midnight + DAY_MS)),
    });
  }
};
