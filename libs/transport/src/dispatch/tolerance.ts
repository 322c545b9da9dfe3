/** Amounts closer than this, relative above one, are equal to a checker. */
export const TOLERANCE = 1e-6;

export const differs = (a: number, b: number): boolean =>
  Math.abs(a - b) > TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
