import { type EpochMs, epochMs, type EventClock, eventTimeAt } from '#libs/kernel';
import type { ClockMessage } from '#libs/telemetry';

/** Three of the owner's messages. Past that event time is taken to go on as the wall's: 60 times as fast, a night's silence would be three weeks. */
const SILENT_MS = 30_000;

/**
 * Event time as ingest knows it, to tell wrong timestamps from right ones. It starts from what the database has reserved: a durable session's
 * messages come before the clock, and event time may be far ahead of the wall.
 */
export class HeardClock {
  #heard: EventClock | undefined;

  constructor(private readonly reserved: EpochMs) {}

  /**
   * A last word may be as old as its sender's connection, so it says nothing about time. A live message says what time it is at its `arrival`, whatever the
   * two machines' clocks say; how old a retained one is, only they can tell.
   */
  onMessage({ event_ms, wall_ms, speed, state }: ClockMessage, arrival: EpochMs, retained: boolean): void {
    if (state !== 'online') return;
    const wallMs = retained ? epochMs(Math.min(wall_ms, arrival)) : arrival;
    this.#heard = { eventMs: epochMs(event_ms), wallMs, speed };
  }

  /** Of event time against the wall's, as its owner last said. */
  get speed(): number {
    return this.#heard?.speed ?? 1;
  }

  /** Event time at a wall time; not before what was reserved. */
  at(wall: EpochMs): EpochMs {
    const heard = this.#heard;
    if (!heard) return epochMs(Math.max(this.reserved, wall));
    const until = epochMs(Math.min(wall, heard.wallMs + SILENT_MS));
    return epochMs(Math.max(this.reserved, eventTimeAt(heard, until) + (wall - until)));
  }
}
