import { type EpochMs, type SlotGrid, slotStart } from '#libs/kernel';
import { type Cause, findCause, type Term } from './find-cause.js';
import { type CivilDay, type Intervals, isEstimated, type Origin, SLOT_HOURS } from './meter-series.js';

/** A meter that is summed. */
export interface MeterPart {
  readonly meter: string;
  readonly sign: 1 | -1;
  /** The part of what it shows that belongs to the group, in each slot. Absent: always all of it. */
  readonly share?: readonly number[];
}

/** Meters that say the same twice: the main one, and the signed sum of those behind it. */
export interface MeterGroup {
  readonly level: 'feeder' | 'site';
  /** Of the feeder or the venue. */
  readonly id: string;
  readonly feeder: string;
  readonly main: string;
  readonly parts: readonly MeterPart[];
  /** Technical losses between main and parts, assumed, as a ratio of the main meter's energy. */
  readonly loss_ratio: number;
}

/** A difference within both passes: class 1 meters on either side of it, and what rounding makes of small days. */
const TOLERANCE = { ratio: 0.02, kwh: 5 };

/** One run of estimated quarter hours. */
export interface Estimate {
  readonly from_ms: EpochMs;
  readonly until_ms: EpochMs;
  readonly origin: Origin;
  readonly kwh: number;
}

/** A meter's day: net energy, and how many quarter hours are behind it. */
export interface MeterDay {
  readonly meter: string;
  /** How it enters the sum; the main meter's is 1. */
  readonly sign: 1 | -1;
  readonly kwh: number;
  readonly measured: number;
  readonly estimated: number;
  readonly missing: number;
  readonly estimates: readonly Estimate[];
}

/**
 * The main meter of a day against its sub-meters, kWh:
 * residual = missing + estimated + losses + cause + unexplained.
 */
export interface Balance {
  readonly day: string;
  readonly level: MeterGroup['level'];
  readonly id: string;
  /** Of a site, the one that it stood on for most of the day. */
  readonly feeder: string;
  readonly main: MeterDay;
  readonly parts: readonly MeterDay[];
  readonly sum_kwh: number;
  /** Main less sum. */
  readonly residual_kwh: number;
  /** Of the greater of what the main meter and all parts together turned over; null where nothing was. */
  readonly residual_ratio: number | null;
  readonly explained: {
    /** In quarter hours in which a meter has no value. */
    readonly missing_kwh: number;
    /** In those in which one is estimated. */
    readonly estimated_kwh: number;
    readonly losses_kwh: number;
    /** What the cause takes away. */
    readonly cause_kwh: number;
  };
  readonly unexplained_kwh: number;
  /** Quarter hours in which every meter was measured: only they can raise an alarm. */
  readonly compared: number;
  /** Sum of what does not match in each of them, whatever its sign, before the cause: a wrong clock shows here alone. */
  readonly mismatch_kwh: number;
  readonly tolerance_kwh: number;
  /** `explained`: beyond the tolerance, but a cause brings it within. `not_compared`: no quarter hour was measured by all meters. */
  readonly state: 'within_tolerance' | 'explained' | 'alarm' | 'not_compared';
  readonly cause: Cause | null;
}

interface Member extends MeterPart {
  readonly intervals: Intervals;
}

const shareAt = ({ share }: MeterPart, slot: number): number => share?.[slot] ?? 1;

/** Throws when a group names a meter that is not among `intervals`. */
export const balanceDay = (
  group: MeterGroup,
  intervals: ReadonlyMap<string, Intervals>,
  grid: SlotGrid,
  day: CivilDay,
): Balance => {
  const memberOf = (part: MeterPart): Member => {
    const found = intervals.get(part.meter);
    if (!found) throw new Error(`The meter ${part.meter} of ${group.id} was not read.`);
    return { ...part, intervals: found };
  };
  const slots = Array.from({ length: day.until_slot - day.from_slot }, (_, at) => day.from_slot + at);
  const main = memberOf({ meter: group.main, sign: 1 });
  const parts = group.parts.map(memberOf).filter((one) => slots.some((slot) => shareAt(one, slot) > 0));
  const all = [main, ...parts];
  const isMissing = (slot: number): boolean =>
    all.some((one) => shareAt(one, slot) > 0 && one.intervals[slot] === undefined);
  const isMeasured = (one: Member, slot: number): boolean => {
    const interval = one.intervals[slot];
    return shareAt(one, slot) === 0 || (interval !== undefined && !isEstimated(interval));
  };
  const compared = slots.filter((slot) => all.every((one) => isMeasured(one, slot)));
  const estimated = slots.filter((slot) => !isMissing(slot) && !compared.includes(slot));

  const kwAt = (one: Member, slot: number): number => shareAt(one, slot) * (one.intervals[slot]?.kw ?? 0);
  const partsAt = (slot: number): number => parts.reduce((sum, one) => sum + one.sign * kwAt(one, slot), 0);
  const differenceAt = (slot: number): number => kwAt(main, slot) - partsAt(slot);
  const lossAt = (slot: number): number => group.loss_ratio * Math.abs(kwAt(main, slot));
  const turnoverAt = (slot: number): number =>
    Math.max(
      Math.abs(kwAt(main, slot)),
      parts.reduce((sum, one) => sum + Math.abs(kwAt(one, slot)), 0),
    );
  const kwhOf = (of: readonly number[], at: (slot: number) => number): number =>
    of.reduce((sum, slot) => sum + at(slot), 0) * SLOT_HOURS;

  const residual = compared.map((slot) => differenceAt(slot) - lossAt(slot));
  const tolerance = Math.max(TOLERANCE.kwh, TOLERANCE.ratio * kwhOf(compared, turnoverAt));
  const passes = (kws: readonly number[]): boolean => mismatchOf(kws) <= tolerance;
  const found = passes(residual) ? undefined : findCause(all.map(termOf), compared, residual, grid);
  const before = sumOf(residual);
  const after = found ? sumOf(found.residual) : before;
  const turnover = kwhOf(slots, turnoverAt);
  const difference = kwhOf(slots, differenceAt);
  return {
    day: day.day,
    level: group.level,
    id: group.id,
    feeder: group.feeder,
    main: meterDay(main, grid, slots),
    parts: parts.map((one) => meterDay(one, grid, slots)),
    sum_kwh: kwhOf(slots, partsAt),
    residual_kwh: difference,
    residual_ratio: turnover > 0 ? difference / turnover : null,
    explained: {
      missing_kwh: kwhOf(slots.filter(isMissing), differenceAt),
      estimated_kwh: kwhOf(estimated, differenceAt),
      losses_kwh: kwhOf(compared, lossAt),
      cause_kwh: before - after,
    },
    unexplained_kwh: after,
    compared: compared.length,
    mismatch_kwh: mismatchOf(residual),
    tolerance_kwh: tolerance,
    state: stateOf(compared.length, passes(residual), found !== undefined && passes(found.residual)),
    cause: found?.cause ?? null,
  };
};

const stateOf = (compared: number, passes: boolean, isExplained: boolean): Balance['state'] => {
  if (compared === 0) return 'not_compared';
  if (passes) return 'within_tolerance';
  return isExplained ? 'explained' : 'alarm';
};

const sumOf = (kws: readonly number[]): number => kws.reduce((sum, kw) => sum + kw, 0) * SLOT_HOURS;
const mismatchOf = (kws: readonly number[]): number => sumOf(kws.map(Math.abs));

/** The main meter enters with 1, its parts the other way round. Only what was measured, and is of the group, can be wrong. */
const termOf = (one: Member, at: number): Term => ({
  meter: one.meter,
  sign: at === 0 || one.sign === -1 ? 1 : -1,
  kw: one.intervals.map((interval, slot) => {
    const share = shareAt(one, slot);
    return interval && !isEstimated(interval) && share > 0 ? interval.kw * share : undefined;
  }),
});

/** Of the slots in which something of the meter is of the group. */
const meterDay = (one: Member, grid: SlotGrid, day: readonly number[]): MeterDay => {
  const { meter, sign, intervals } = one;
  const slots = day.filter((slot) => shareAt(one, slot) > 0);
  const estimates: { from_ms: EpochMs; until_ms: EpochMs; origin: Origin; kwh: number }[] = [];
  let [kwh, measured] = [0, 0];
  for (const slot of slots) {
    const interval = intervals[slot];
    if (!interval) continue;
    const energy = shareAt(one, slot) * interval.kw * SLOT_HOURS;
    kwh += energy;
    if (!isEstimated(interval)) {
      measured += 1;
      continue;
    }
    const [from_ms, last] = [slotStart(grid, slot), estimates.at(-1)];
    if (last?.until_ms === from_ms && last.origin === interval.origin) {
      last.until_ms = slotStart(grid, slot + 1);
      last.kwh += energy;
    } else {
      estimates.push({
        from_ms,
        until_ms: slotStart(grid, slot + 1),
        origin: interval.origin,
        kwh: energy,
      });
    }
  }
  const missing = slots.filter((slot) => intervals[slot] === undefined).length;
  return { meter, sign, kwh, measured, estimated: slots.length - measured - missing, missing, estimates };
};
