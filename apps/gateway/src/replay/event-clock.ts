import { type EpochMs, epochMs, eventTimeAt } from '#libs/kernel';
import type { ClockMessage } from '#libs/telemetry';

/** A clock that was not heard for so long is not followed. */
const STALE_MS = 30_000;

/** Follows the platform's event clock. What it shows never runs back. */
export class FollowedClock {
  #message: ClockMessage | undefined;
  #shown = -Infinity;

  onMessage(message: ClockMessage): void {
    this.#message = message;
  }

  /** Event time, or undefined while the platform is offline or has not been heard for 30 s. */
  findNow(wall: EpochMs): EpochMs | undefined {
    const message = this.#message;
    if (message?.state !== 'online' || wall - message.wall_ms > STALE_MS) return undefined;
    const clock = { eventMs: epochMs(message.event_ms), wallMs: epochMs(message.wall_ms), speed: message.speed };
    this.#shown = Math.max(this.#shown, eventTimeAt(clock, wall));
    return epochMs(this.#shown);
  }
}
