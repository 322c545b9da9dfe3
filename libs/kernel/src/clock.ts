import { type EpochMs, epochMs } from './quantity.js';

/** Tells the time. Handed in, so that a test can hold it. */
export interface Clock {
  now(): EpochMs;
}

/** The wall clock of this machine. */
export const systemClock: Clock = { now: () => epochMs(Date.now()) };

/**
 * The wall's time at the moment of the call, and from there on as fast as a monotonic clock (ms), whatever becomes of the wall's: for what must not jump when
 * somebody sets the machine's clock.
 */
export const steadyClock = (wall: Clock, monotonic: () => number): Clock => {
  const offset = wall.now() - monotonic();
  return { now: () => epochMs(Math.round(offset + monotonic())) };
};

/** Event time against wall time: at `wallMs` it was `eventMs`, and it runs `speed` times as fast. `speed > 0`. */
export interface EventClock {
  readonly eventMs: EpochMs;
  readonly wallMs: EpochMs;
  readonly speed: number;
}

export const eventTimeAt = (clock: EventClock, wall: EpochMs): EpochMs =>
  epochMs(Math.round(clock.eventMs + (wall - clock.wallMs) * clock.speed));

/** The wall time at which the clock shows `event`. */
export const wallTimeAt = (clock: EventClock, event: EpochMs): EpochMs =>
  epochMs(Math.round(clock.wallMs + (event - clock.eventMs) / clock.speed));
