/**
 * A uniform number in [0, 1) that depends on nothing but these whole numbers: what happens at one place and time of a day is the same whoever drives there, so that
 * methods are compared on the same day. (The finalizer of MurmurHash3, A. Appleby, public domain.)
 */
export const uniformOf = (...numbers: readonly number[]): number => {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
    hash = (hash + 0x6d2b79f5) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
};

/** A standard normal number from two uniform ones (Box and Muller, 1958). */
export const normalOf = (first: number, second: number): number =>
  Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
