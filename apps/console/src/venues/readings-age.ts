const MINUTE_MS = 60_000;
const LATE_MS = 5 * MINUTE_MS;

/** `readings 12 min old` once they are older than five event-minutes. */
export const readingsAge = (measuredMs: number | null, now: number): string | undefined =>
  measuredMs === null || now - measuredMs <= LATE_MS
    ? undefined
    : `readings ${Math.floor((now - measuredMs) / MINUTE_MS)} min old`;
