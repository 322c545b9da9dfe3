import { DAY_MS, type EpochMs, epochMs, floorTo, MINUTE_MS } from '#libs/kernel';

/** Event-minutes in one message at most: when a gap is filled, an hour goes in one. */
const MAX_MINUTES = 60;
/** A longer gap stays a gap. */
const MAX_GAP_MS = 14 * DAY_MS;

/**
 * Which event-minutes are due. It starts where imported history ends, or without such with the first whole minute after it is first asked;
 * then leaves none out, and after a pause goes on from the last one.
 */
export class Schedule {
  #last: number | undefined;

  /** `last` is the last minute that was made, from the buffer; undefined in a new one. */
  constructor(last: number | undefined) {
    this.#last = last;
  }

  /** Where a new one starts, inclusive; one that has made minutes goes on from its last. */
  startFrom(minute: EpochMs): void {
    this.#last ??= minute - MINUTE_MS;
  }

  /** The next minutes, at most 60, in order; empty when none is due. They stay due until `done`. */
  due(eventNow: EpochMs): readonly EpochMs[] {
    const current = floorTo(eventNow, MINUTE_MS);
    this.#last = Math.max(this.#last ?? current, current - MAX_GAP_MS);
    const count = Math.max(0, Math.min(MAX_MINUTES, (current - this.#last) / MINUTE_MS));
    const last = this.#last;
    return Array.from({ length: count }, (_, index) => epochMs(last + (index + 1) * MINUTE_MS));
  }

  done(minute: EpochMs): void {
    this.#last = minute;
  }
}
