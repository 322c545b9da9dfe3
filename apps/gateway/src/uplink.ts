import type { ReadingsMessage } from '#libs/telemetry';
import type { DiskBuffer } from './buffer/disk-buffer.js';

/** Messages sent and not receipted yet: what a broker that loses everything has to be sent again. */
const WINDOW = 50;
const STALL_MS = 30_000;
const MAX_STALL_MS = 600_000;
const REPEAT_MS = 1_000;

/**
 * Sends a buffer's messages in order, at most 50 ahead of the platform's receipt. Whatever is not receipted is sent again after a
 * reconnect, and after 30 s without a new receipt (then 60 s, 120 s up to 10 min, so that a long outage of the database does not fill the broker).
 * The same when a receipt is repeated, 1 s after the last time, then 2 s up to 30 s: an ingest that was started again knows nothing of what it stored past a gap.
 * Times are wall ms.
 */
export class Uplink {
  readonly #buffer: DiskBuffer;
  readonly #send: (message: ReadingsMessage) => void;
  #connected = false;
  #cursor = 0;
  #progressAt = 0;
  #stallMs = STALL_MS;
  #startedAt = 0;
  #repeatMs = REPEAT_MS;

  constructor(buffer: DiskBuffer, send: (message: ReadingsMessage) => void) {
    this.#buffer = buffer;
    this.#send = send;
  }

  onConnect(now: number): void {
    this.#connected = true;
    this.#stallMs = STALL_MS;
    this.#startOver(now);
  }

  onDisconnect(): void {
    this.#connected = false;
  }

  onReceipt(seq: number, now: number): void {
    if (!this.#buffer.forget(seq)) {
      if (seq === this.#buffer.oldest - 1) this.#onRepeated(now);
      return;
    }
    this.#progressAt = now;
    this.#stallMs = STALL_MS;
    this.#repeatMs = REPEAT_MS;
    this.#cursor = Math.max(this.#cursor, this.#buffer.oldest);
  }

  /** Sends what may be sent. */
  pump(now: number): void {
    if (!this.#connected) return;
    // The oldest may have been given up meanwhile.
    this.#cursor = Math.max(this.#cursor, this.#buffer.oldest);
    if (this.#cursor === this.#buffer.oldest) this.#progressAt = now;
    else if (now - this.#progressAt >= this.#stallMs) {
      this.#stallMs = Math.min(this.#stallMs * 2, MAX_STALL_MS);
      this.#startOver(now);
    }
    while (this.#cursor < this.#buffer.next && this.#cursor - this.#buffer.oldest < WINDOW) {
      const record = this.#buffer.read(this.#cursor);
      if (record) this.#send({ seq: record.seq, oldest: this.#buffer.oldest, readings: record.readings });
      else if (this.#cursor === this.#buffer.oldest) this.#buffer.giveUpOldest();
      this.#cursor++;
    }
  }

  #onRepeated(now: number): void {
    if (this.#cursor <= this.#buffer.oldest || now - this.#startedAt < this.#repeatMs) return;
    this.#repeatMs = Math.min(this.#repeatMs * 2, STALL_MS);
    this.#startOver(now);
  }

  #startOver(now: number): void {
    this.#startedAt = now;
    this.#cursor = this.#buffer.oldest;
    this.#progressAt = now;
  }
}
