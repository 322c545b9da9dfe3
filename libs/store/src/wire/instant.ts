/** PostgreSQL counts microseconds from the year 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const HIGH = 2 ** 32;

/** Writes epoch milliseconds as a timestamptz of 8 bytes; exact for instants between the years 1715 and 2285. */
export const putInstant = (view: DataView, offset: number, ms: number): void => {
  // Two halves: setBigInt64 would make a BigInt of each.
  const microseconds = Math.round((ms - EPOCH_MS) * 1_000);
  const high = Math.floor(microseconds / HIGH);
  view.setInt32(offset, high);
  view.setUint32(offset + 4, microseconds - high * HIGH);
};
