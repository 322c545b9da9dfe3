import { type EpochMs, epochMs } from './quantity.js';
import { HOUR_MS, MINUTE_MS } from './slots.js';

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formatters.set(timeZone, formatter);
  }
  return formatter;
};

const readOffset = (timeZone: string, instant: number): number => {
  const name = formatterOf(timeZone)
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name ?? '');
  if (!match) throw new Error(`Time zone ${timeZone} gives no offset at ${instant}.`);
  const [, sign, hours, minutes] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS);
};

/** Milliseconds by which civil time in an IANA time zone is ahead of UTC. Offsets change on the quarter hour, so one is remembered a quarter. */
export const offsetAt = (timeZone: string, instant: EpochMs): number => {
  const quarter = Math.floor(instant / (15 * MINUTE_MS));
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  if (known.size === 0) offsets.set(timeZone, known);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = readOffset(timeZone, quarter * 15 * MINUTE_MS);
    if (known.size > 10_000) known.clear();
    known.set(quarter, offset);
  }
  return offset;
};

/** Civil time, as if it were UTC: its fields are read with `getUTC...`. */
export const toCivil = (timeZone: string, instant: EpochMs): number => instant + offsetAt(timeZone, instant);

/** The instant of a civil time (as `toCivil` gives it). Where a civil time occurs twice, the earlier; in a skipped hour, the instant just as far past the skip. */
export const fromCivil = (timeZone: string, civil: number): EpochMs => {
  const before = epochMs(civil - offsetAt(timeZone, epochMs(civil - 14 * HOUR_MS)));
  if (toCivil(timeZone, before) === civil) return before;
  const after = epochMs(civil - offsetAt(timeZone, before));
  return toCivil(timeZone, after) === civil ? after : before;
};
