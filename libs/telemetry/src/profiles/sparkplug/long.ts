/** A 64-bit integer of the wire, as its two unsigned halves. */
export interface Long64 {
  readonly high: number;
  readonly low: number;
}

/** From what the protobuf library gives: an object of two 32-bit halves, or a number. */
export const findLong = (value: unknown): Long64 | undefined => {
  if (typeof value === 'number') return { high: Math.floor(value / 2 ** 32) >>> 0, low: value >>> 0 };
  if (typeof value !== 'object' || value === null || !('high' in value) || !('low' in value)) return undefined;
  const { high, low } = value;
  return typeof high === 'number' && typeof low === 'number' ? { high: high >>> 0, low: low >>> 0 } : undefined;
};

/** The nearest double. */
export const signedOf = ({ high, low }: Long64): number => (high | 0) * 2 ** 32 + low;
/** The nearest double. */
export const unsignedOf = ({ high, low }: Long64): number => high * 2 ** 32 + low;
