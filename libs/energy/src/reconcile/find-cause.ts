import { type EpochMs, type SlotGrid, slotStart } from '#libs/kernel';

/** A meter in a balance: what it shows enters with its sign. All signed values sum to 0 where every meter is right. */
export interface Term {
  readonly meter: string;
  readonly sign: 1 | -1;
  /** Mean power of every slot of the grid; undefined where it was not measured. */
  readonly kw: readonly (number | undefined)[];
}

/** What one meter would have to be wrong by to make the balance close. */
export type Cause = { readonly meter: string } & (
  | {
      /** The same value for longer than ever else. */
      readonly kind: 'stands_still';
      readonly from_ms: EpochMs;
      readonly until_ms: EpochMs;
      readonly kw: number;
    }
  /** It counts the wrong way round. */
  | { readonly kind: 'backwards' }
  /** Its readings are stamped so many minutes late (positive) or early. */
  | { readonly kind: 'clock'; readonly ahead_minutes: number }
  /** What it shows is to be multiplied by this. */
  | { readonly kind: 'multiplier'; readonly factor: number }
);

/** A cause, and what would remain of the balance's residual without it, kW by slot. */
export interface FoundCause {
  readonly cause: Cause;
  readonly residual: readonly number[];
}

/** A cause must take away three quarters of what does not match, slot by slot; less may be chance. */
const REMAINING_RATIO = 0.25;
/** Closer to 1 than this a multiplier is a meter's error. */
const LEAST_FACTOR_ERROR = 0.05;
const BACKWARDS_ERROR = 0.1;
/** Two hours in either direction. */
const MOST_LAG = 8;
const SLOT_MINUTES = 15;
/** Two hours without any change. */
const STILL_SLOTS = 8;
/** Over the longest other time: winter nights are not all of one length. */
const STILL_RATIO = 1.5;

interface Candidate extends FoundCause {
  readonly remaining: number;
}

/**
 * The one fault of one meter that explains best why the terms do not sum to 0 in the given slots; undefined where none explains enough.
 * `residual` is that sum, less the losses, in each of the slots of `grid`.
 */
export const findCause = (
  terms: readonly Term[],
  slots: readonly number[],
  residual: readonly number[],
  grid: SlotGrid,
): FoundCause | undefined => {
  const enough = REMAINING_RATIO * sumAbs(residual);
  const corrected = (cause: Cause, { kw, sign }: Term, right: (slot: number, at: number) => number): Candidate => {
    const after = slots.map((slot, at) => (residual[at] ?? 0) + sign * (right(slot, at) - (kw[slot] ?? 0)));
    return { cause, residual: after, remaining: sumAbs(after) };
  };
  const simple: Candidate[] = [];
  const still: Candidate[] = [];
  for (const term of terms) {
    const { meter, kw, sign } = term;
    /** What it would have to show. */
    const wanted = slots.map((slot, at) => (kw[slot] ?? 0) - (residual[at] ?? 0) * sign);
    const factor = bestFactor(kw, slots, wanted);
    if (factor !== undefined && Math.abs(factor + 1) <= BACKWARDS_ERROR)
      simple.push(corrected({ meter, kind: 'backwards' }, term, (slot) => -(kw[slot] ?? 0)));
    else if (factor !== undefined && factor > 0 && Math.abs(factor - 1) >= LEAST_FACTOR_ERROR)
      simple.push(corrected({ meter, kind: 'multiplier', factor }, term, (slot) => factor * (kw[slot] ?? 0)));
    const lag = bestLag(kw, slots, wanted);
    if (lag !== 0)
      simple.push(
        corrected(
          { meter, kind: 'clock', ahead_minutes: lag * SLOT_MINUTES },
          term,
          (slot) => kw[slot + lag] ?? kw[slot] ?? 0,
        ),
      );
    const run = findStandstill(kw, slots);
    if (run) {
      const { from_slot, until_slot, kw: value } = run;
      const [from_ms, until_ms] = [slotStart(grid, from_slot), slotStart(grid, until_slot)];
      still.push(
        corrected(
          { meter, kind: 'stands_still', from_ms, until_ms, kw: value },
          term,
          (slot, at) => (slot >= from_slot && slot < until_slot ? wanted[at] : kw[slot]) ?? 0,
        ),
      );
    }
  }
  // A standstill may be closed by anything, so it must be better by far than what has one number to choose.
  const best = leastOf(simple, enough);
  return leastOf(still, Math.min(enough, best ? best.remaining / 2 : enough)) ?? best;
};

const sumAbs = (values: readonly number[]): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

const leastOf = (candidates: readonly Candidate[], most: number): Candidate | undefined =>
  candidates.filter(({ remaining }) => remaining <= most).sort((a, b) => a.remaining - b.remaining)[0];

/** The factor that brings a meter closest to what it would have to show (least squares). */
const bestFactor = (kw: Term['kw'], slots: readonly number[], wanted: readonly number[]): number | undefined => {
  let [products, squares] = [0, 0];
  for (const [at, slot] of slots.entries()) {
    const value = kw[slot] ?? 0;
    products += value * (wanted[at] ?? 0);
    squares += value * value;
  }
  return squares === 0 ? undefined : products / squares;
};

/** By how many slots a meter is to be read later to go best with what it would have to show; the nearest to 0 of equals. */
const bestLag = (kw: Term['kw'], slots: readonly number[], wanted: readonly number[]): number => {
  const lags = Array.from({ length: MOST_LAG }, (_, at) => [at + 1, -at - 1]).flat();
  let [best, highest] = [0, correlation(kw, slots, wanted, 0)];
  for (const lag of lags) {
    const found = correlation(kw, slots, wanted, lag);
    if (found > highest + 1e-9) [best, highest] = [lag, found];
  }
  return best;
};

/** Of the meter read `lag` slots later with what is wanted; -1 where either stands still. */
const correlation = (kw: Term['kw'], slots: readonly number[], wanted: readonly number[], lag: number): number => {
  const pairs = slots.flatMap((slot, at) => {
    const value = kw[slot + lag];
    return value === undefined ? [] : [[value, wanted[at] ?? 0] as const];
  });
  const mean = (of: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  let [both, left, right] = [0, 0, 0];
  for (const [a, b] of pairs) {
    both += (a - x) * (b - y);
    left += (a - x) ** 2;
    right += (b - y) ** 2;
  }
  return left > 0 && right > 0 ? both / Math.sqrt(left * right) : -1;
};

interface Run {
  readonly from_slot: number;
  readonly until_slot: number;
  readonly kw: number;
}

/**
 * The longest time without any change, if it reaches into the slots, lasts two hours or more and half as long again as any other of the meter:
 * the sun rests every night, an idle battery for days, and neither is out of order for that.
 */
const findStandstill = (kw: Term['kw'], slots: readonly number[]): Run | undefined => {
  const [longest, second] = listRuns(kw).sort((a, b) => lengthOf(b) - lengthOf(a));
  const least = Math.max(STILL_SLOTS, second ? STILL_RATIO * lengthOf(second) : 0);
  if (!longest || lengthOf(longest) < least) return undefined;
  return slots.some((slot) => slot >= longest.from_slot && slot < longest.until_slot) ? longest : undefined;
};

const lengthOf = ({ from_slot, until_slot }: Run): number => until_slot - from_slot;

const listRuns = (kw: Term['kw']): Run[] => {
  const runs: { from_slot: number; until_slot: number; kw: number }[] = [];
  for (const [slot, value] of kw.entries()) {
    if (value === undefined) continue;
    const last = runs.at(-1);
    // A mean of equal readings may differ in its last digit.
    const goesOn = last?.until_slot === slot && Math.abs(value - last.kw) <= 1e-9 * Math.max(1, Math.abs(value));
    if (goesOn) last.until_slot = slot + 1;
    else runs.push({ from_slot: slot, until_slot: slot + 1, kw: value });
  }
  return runs;
};
