/** A reading that was handed to something that promised, or did not promise yet, that it will be stored. */
export interface Expected {
  /** Each reading of a source has a value of its own. */
  readonly value: number;
  /** Epoch ms; undefined where the platform gives the time. */
  readonly ts: number | undefined;
  /** Promised: in our gateway's buffer, or acknowledged by the broker. */
  readonly owed: boolean;
}

/** A row of the table. */
export interface Stored {
  readonly value: number;
  readonly ts: number;
}

export interface Audit {
  readonly owed: number;
  /** Owed readings that are there. */
  readonly stored: number;
  /** Readings that are there, though nobody promised it. */
  readonly unpromised: number;
  /** Values of owed readings that are not there, in ascending order. */
  readonly missing: readonly number[];
  /** Rows beyond the first of a value. */
  readonly duplicates: number;
  /** Rows that nobody sent, or whose time is not the one that was sent. */
  readonly strange: number;
}

/** Compares what one source sent with the rows of its point. */
export const audit = (expected: readonly Expected[], rows: readonly Stored[]): Audit => {
  const sent = new Map(expected.map((one) => [one.value, one]));
  const seen = new Set<number>();
  let [duplicates, strange] = [0, 0];
  for (const { value, ts } of rows) {
    const one = sent.get(value);
    if (seen.has(value)) duplicates++;
    else if (!one || (one.ts !== undefined && one.ts !== ts)) strange++;
    seen.add(value);
  }
  const owed = expected.filter((one) => one.owed);
  return {
    owed: owed.length,
    stored: owed.filter(({ value }) => seen.has(value)).length,
    unpromised: expected.filter((one) => !one.owed && seen.has(one.value)).length,
    missing: owed.filter(({ value }) => !seen.has(value)).map(({ value }) => value),
    duplicates,
    strange,
  };
};
