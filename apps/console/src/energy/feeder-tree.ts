import { TOLERANCE_KW } from './curve.js';
import type { FeederPlan } from './wire.js';

export interface Branch {
  readonly feeder: FeederPlan;
  /** 0 for those that hang on the grid itself. */
  readonly depth: number;
}

/** Feeders with what hangs on each right after it. */
export const feederTree = (feeders: readonly FeederPlan[]): readonly Branch[] => {
  const known = new Set(feeders.map(({ feeder }) => feeder));
  const below = (parent: string | undefined, depth: number): readonly Branch[] =>
    feeders
      .filter((one) => (one.parent !== null && known.has(one.parent) ? one.parent : undefined) === parent)
      .flatMap((feeder) => [{ feeder, depth }, ...below(feeder.feeder, depth + 1)]);
  return below(undefined, 0);
};

export interface Worst {
  readonly load: number;
  readonly limit: number;
  /** Of the limit; infinite over a limit of 0. */
  readonly ratio: number;
  readonly isOver: boolean;
  readonly at: number;
}

/** The slot ahead of `now` in which a feeder or connection comes closest to its limit, or furthest over it. */
export const worstSlot = (
  load: readonly number[],
  limit: readonly number[],
  { start_ms, slot_ms }: { readonly start_ms: number; readonly slot_ms: number },
  now: number,
): Worst | undefined => {
  let worst: Worst | undefined;
  for (const [slot, value] of load.entries()) {
    const at = start_ms + slot * slot_ms;
    if (at + slot_ms <= now) continue;
    const most = limit[slot] ?? 0;
    const ratio = value === 0 ? 0 : Math.abs(value) / most;
    if (!worst || ratio > worst.ratio)
      worst = { load: value, limit: most, ratio, isOver: Math.abs(value) > most + TOLERANCE_KW, at };
  }
  return worst;
};
