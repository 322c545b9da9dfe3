import { type Pack, sessionsBetween } from '#libs/games';
import { epochMs, HOUR_MS, type Interval, MINUTE_MS, type SlotGrid } from '#libs/kernel';
import type { SessionWord } from './energy-inputs.js';
import { gridInterval } from './time-slots.js';

/** Sessions that began so long ago are over, whatever was said. */
const LONGEST_MS = 12 * HOUR_MS;
/** A session that runs past its end, of which nobody said how long, goes on for so long from now. */
const OVERRUN_MS = 30 * MINUTE_MS;

/** When sessions run that are not over at the grid's start, by venue: as the pack has them, moved by what was said of them. */
export const sessionTimes = (
  pack: Pack,
  grid: SlotGrid,
  words: readonly SessionWord[],
): ReadonlyMap<string, readonly Interval[]> => {
  const { start, end } = gridInterval(grid);
  const said = new Map(words.map((word) => [`${word.venue} ${word.session}`, word]));
  const times = new Map<string, Interval[]>();
  for (const session of sessionsBetween(pack, { start: epochMs(start - LONGEST_MS), end })) {
    const word = said.get(`${session.venue} ${session.id}`);
    if (word?.state === 'cancelled' || word?.state === 'ended') continue;
    const until = endOf(session, word, start);
    if (until > start)
      times.set(session.venue, [...(times.get(session.venue) ?? []), { start: session.start, end: until }]);
  }
  return times;
};

const endOf = ({ end }: Interval, word: SessionWord | undefined, start: number) => {
  if (word?.expectedEnd != null) return word.expectedEnd;
  const goesOn = word?.state === 'running' || word?.state === 'over_time';
  return goesOn && end < start + OVERRUN_MS ? epochMs(start + OVERRUN_MS) : end;
};
