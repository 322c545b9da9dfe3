import { type Pack, sessionsBetween } from '#libs/games';
import { type EpochMs, HOUR_MS, type Interval } from '#libs/kernel';

import type { JourneyGuide } from './journey-guide.js';

/** Who sets out longer before a session's start goes there for something else. */
const BEFORE_MS = 3 * HOUR_MS;

/** Which people have to be somewhere in time. */
export class Punctuality {
  readonly #starts: ReadonlyMap<string, readonly EpochMs[]>;

  constructor(
    pack: Pack,
    window: Interval,
    private readonly guide: Pick<JourneyGuide, 'expectS'>,
  ) {
    const starts = sessionsBetween(pack, window).flatMap(({ venue, start }) => {
      const stop = pack.venues.find(({ id }) => id === venue)?.stop;
      return stop === undefined ? [] : [{ stop, start }];
    });
    this.#starts = new Map(
      [...new Set(starts.map(({ stop }) => stop))].map((stop) => [
        stop,
        starts.flatMap((one) => (one.stop === stop ? [one.start] : [])).sort((a, b) => a - b),
      ]),
    );
  }

  /** When those have to be at `to` who set out at an instant: the next session's start there that the timetable lets them reach. Undefined: there is none soon. */
  dueAt(from: string, to: string, at: EpochMs): EpochMs | undefined {
    const starts = this.#starts.get(to);
    if (!starts) return undefined;
    const there = at + this.guide.expectS(from, to, at) * 1000;
    const next = starts.find((start) => start >= there);
    return next !== undefined && next - at <= BEFORE_MS ? next : undefined;
  }
}
