import { type Fault, showValue } from '#libs/kernel';

/** Something in a plan that is not so. `path` is where in the plan, `value` what stands there. */
export type DispatchFinding = Omit<Fault, 'file'>;

/** Amounts closer than this, relative above one, are the same: sums of a few thousand numbers of 53 bits are well within it. */
const TOLERANCE = 1e-6;

export const differs = (a: number, b: number): boolean =>
  !(Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b)));

/** `a` is more than `b`, by more than rounding. */
export const exceeds = (a: number, b: number): boolean => !(a <= b) && differs(a, b);

export const finding = (path: string, value: unknown, rule: string, message: string): DispatchFinding => ({
  path,
  value: showValue(value),
  rule,
  message,
});
