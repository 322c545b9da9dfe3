import { type EpochMs, fail, ok, type Result } from '#libs/kernel';

/** What an energy counter showed, kWh. */
export interface CounterReading {
  readonly ts: EpochMs;
  readonly value: number;
}

/** Energy that flowed between two readings of a counter, and how long that took. */
export interface Difference {
  readonly energyKwh: number;
  readonly seconds: number;
}

/** Why two readings give no difference; after `first`, `reset` and `gap` the counting begins anew at the later one. */
export type NoDifference = 'first' | 'not_newer' | 'gap' | 'reset';

export interface CounterLimits {
  /** kWh at which the counter starts again from 0; absent: it never does. */
  readonly rolloverAt?: number | undefined;
  /** Over a longer time no difference is taken: its mean would show as a spike. */
  readonly maxGapMs: number;
}

const NEAR = 0.1;

/** What a counter went up by. A smaller value is a rollover only from the last tenth of the range to the first; else undefined. */
const riseOf = (previous: number, next: number, rolloverAt: number | undefined): number | undefined => {
  if (next >= previous) return next - previous;
  if (rolloverAt === undefined || previous > rolloverAt || next < 0) return undefined;
  const wraps = previous >= rolloverAt * (1 - NEAR) && next <= rolloverAt * NEAR;
  return wraps ? rolloverAt - previous + next : undefined;
};

/** The energy between two readings of one counter, or why there is none. */
export const differ = (
  previous: CounterReading | undefined,
  next: CounterReading,
  { rolloverAt, maxGapMs }: CounterLimits,
): Result<Difference, NoDifference> => {
  if (!previous) return fail('first');
  const gapMs = next.ts - previous.ts;
  if (gapMs <= 0) return fail('not_newer');
  const energyKwh = riseOf(previous.value, next.value, rolloverAt);
  if (energyKwh === undefined) return fail('reset');
  return gapMs > maxGapMs ? fail('gap') : ok({ energyKwh, seconds: gapMs / 1000 });
};
