import type { Random } from '#libs/kernel';

/** Even in [from, to). */
export const drawBetween = (random: Random, from: number, to: number): number => from + (to - from) * random();

/** A whole number, even in from .. to, both included. */
export const drawWhole = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** One of them. There is at least one. */
export const drawOne = <T>(random: Random, first: T, ...others: readonly T[]): T =>
  others[Math.floor(random() * (others.length + 1)) - 1] ?? first;

/** To so many digits after the point: what a file says is what was drawn. */
export const roundTo = (value: number, digits: number): number => Number(value.toFixed(digits));
