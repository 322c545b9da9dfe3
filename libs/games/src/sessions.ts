import { fromCivil, type Interval, overlaps, toCivil } from '#libs/kernel';

import { formatCivilDate, getCivil } from './civil.js';
import type { Pack } from './pack.js';
import { recordingLengthMs } from './recording.js';

/** One occurrence of a session in event time. */
export interface Session extends Interval {
  /** `<id>-<civil date of the occurrence>`: unique over all repetitions. */
  readonly id: string;
  readonly venue: string;
  readonly name: string;
}

/** Sessions that overlap the window, by start: they move with their recording, whole recording lengths on, at their civil times. */
export const sessionsBetween = (pack: Pack, window: Interval): readonly Session[] => {
  const recording = pack.recordings.get(pack.sessions.recording);
  if (!recording) throw new Error(`The pack ${pack.games.id} has no recording ${pack.sessions.recording}.`);
  const length = recordingLengthMs(recording);
  const zone = pack.games.time_zone;
  const from = toCivil(zone, window.start);
  const to = toCivil(zone, window.end);

  const found: Session[] = [];
  for (const entry of pack.sessions.entries) {
    const start = getCivil(entry.start);
    const end = getCivil(entry.end);
    // One repetition more on either side, for a window that ends in a skipped or repeated hour.
    const first = Math.floor((from - end) / length);
    const last = Math.ceil((to - start) / length);
    for (let repetition = first; repetition <= last; repetition++) {
      const shift = repetition * length;
      const times = { start: fromCivil(zone, start + shift), end: fromCivil(zone, end + shift) };
      if (!overlaps(times, window)) continue;
      const id = `${entry.id}-${formatCivilDate(start + shift)}`;
      found.push({ id, venue: entry.venue, name: entry.name, ...times });
    }
  }
  return found.sort((a, b) => a.start - b.start || a.id.localeCompare(b.id));
};

/** Whether a name is one of a venue's sessions on some day: its id and a civil date. */
export const isSession = (pack: Pick<Pack, 'sessions'>, venue: string, name: string): boolean => {
  const match = /^(.+)-\d{4}-\d\d-\d\d$/.exec(name);
  return pack.sessions.entries.some((entry) => entry.venue === venue && entry.id === match?.[1]);
};
