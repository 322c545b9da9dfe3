import type { DiskBuffer } from './buffer/disk-buffer.js';
import { Window } from './window.js';

const STALL_MS = 30_000;
const MAX_STALL_MS = 600_000;
const REPEAT_MS = 1_000;

/** A message as it is published: the JSON text of a `ReadingsMessage`. False when the connection does not take it now. */
export type Send = (payload: string, onAcknowledged: () => void) => boolean;

interface Sent {
  /** JSON text. */
  readonly readings: string;
  readonly count: number;
}

/**
 * Sends a buffer's messages in order, a window ahead of the platform's receipt. Whatever is not receipted is sent again after a
 * reconnect, and after 30 s without a new receipt (then 60 s, 120 s up to 10 min, so that a long outage of the database does not fill the broker).
 * The same when a receipt is repeated, 1 s after the last time, then 2 s up to 30 s: an ingest that was started again knows nothing of what it stored past a gap.
 *
 * What the buffer gives up while it is under way may be stored all the same. It is kept in memory (no more than the window lets out), sent again with
 * the rest, and nothing past the gap behind it is sent before it is receipted: so each receipt says exactly what is stored.
 * Times are ms of a clock that never jumps.
 */
export class Uplink {
  readonly #buffer: DiskBuffer;
  readonly #send: Send;
  readonly #window = new Window();
  #connected = false;
  #cursor = 0;
  /** Highest seq that this process handed over; receipts of a buffer that is not confirmed go no further. */
  #sentTo = -1;
  /** What was sent and is not receipted, by seq, in order. */
  readonly #sent = new Map<number, Sent>();
  #unreadable = false;
  #progressAt = 0;
  #receiptedAt = -Infinity;
  #stallMs = STALL_MS;
  #startedAt = 0;
  #repeatMs = REPEAT_MS;

  constructor(buffer: DiskBuffer, send: Send) {
    this.#buffer = buffer;
    this.#send = send;
  }

  /** When the last new receipt came; -Infinity before the first. */
  get receiptedAt(): number {
    return this.#receiptedAt;
  }

  /** Readings that the buffer counts as dropped, of messages that are under way. */
  get givenUpUnderWay(): number {
    return this.#countGivenUp(Infinity);
  }

  onConnect(now: number): void {
    this.#connected = true;
    this.#stallMs = STALL_MS;
    this.#window.clear();
    this.#startOver(now);
  }

  onDisconnect(): void {
    this.#connected = false;
  }

  /** Gives false for a receipt of messages that this buffer never sent: then all that it holds is numbered anew above it. */
  onReceipt(seq: number, now: number): boolean {
    if (this.#isForeign(seq)) {
      this.renumber(seq + 1, now);
      return false;
    }
    const isNew = this.#onStored(seq);
    if (!this.#buffer.forget(seq) && !isNew) {
      if (seq === this.#buffer.oldest - 1) this.#onRepeated(now);
      return true;
    }
    this.#receiptedAt = now;
    this.#progressAt = now;
    this.#stallMs = STALL_MS;
    this.#repeatMs = REPEAT_MS;
    this.#window.onReceipt(seq + 1);
    this.#cursor = Math.max(this.#cursor, this.#oldest);
    return true;
  }

  /** Numbers all that is held anew, from `oldest` on, and sends it again. */
  renumber(oldest: number, now: number): void {
    this.#buffer.renumber(oldest);
    this.#sentTo = -1;
    this.#sent.clear();
    this.#startOver(now);
  }

  /** Sends what may be sent. */
  pump(now: number): void {
    if (!this.#connected) return;
    this.#passUnreadable(now);
    // The oldest may have been given up meanwhile.
    this.#cursor = Math.max(this.#cursor, this.#oldest);
    if (this.#cursor === this.#oldest) this.#progressAt = now;
    else if (now - this.#progressAt >= this.#stallMs) {
      this.#stallMs = Math.min(this.#stallMs * 2, MAX_STALL_MS);
      this.#startOver(now);
    }
    while (this.#cursor < this.#buffer.next && this.#window.isOpen) {
      if (!this.#sendNext()) return;
    }
  }

  /** Lowest seq that is held, or under way. */
  get #oldest(): number {
    const { oldest } = this.#buffer;
    for (const seq of this.#sent.keys()) return Math.min(seq, oldest);
    return oldest;
  }

  /** Readings up to `seq` that the buffer gave up after they were sent. */
  #countGivenUp(seq: number): number {
    const end = Math.min(seq + 1, this.#buffer.oldest);
    let readings = 0;
    for (const [sent, { count }] of this.#sent) {
      if (sent >= end) break;
      readings += count;
    }
    return readings;
  }

  /** Whether anything that was sent is receipted now. */
  #onStored(seq: number): boolean {
    const givenUp = this.#countGivenUp(seq);
    if (givenUp > 0) this.#buffer.takeBack(givenUp);
    const before = this.#sent.size;
    for (const sent of this.#sent.keys()) {
      if (sent > seq) break;
      this.#sent.delete(sent);
    }
    return this.#sent.size < before;
  }

  #sendNext(): boolean {
    const seq = this.#cursor;
    const message = this.#sent.get(seq) ?? this.#buffer.read(seq);
    if (message) return this.#sendOne(seq, message);
    // The gap behind what was given up under way.
    if (seq < this.#buffer.oldest) return false;
    if (seq === this.#buffer.oldest && this.#oldest === seq) {
      this.#buffer.giveUpUnreadable();
      this.#cursor = this.#buffer.oldest;
      return true;
    }
    this.#unreadable = true;
    this.#cursor++;
    return true;
  }

  #sendOne(seq: number, { readings, count }: Sent): boolean {
    const payload = `{"seq":${seq},"oldest":${this.#oldest},"readings":${readings}}`;
    if (!this.#send(payload, () => this.#window.onAcknowledged(seq))) return false;
    this.#window.onSent(seq, payload.length);
    if (!this.#sent.has(seq)) this.#sent.set(seq, { readings, count });
    this.#sentTo = Math.max(this.#sentTo, seq);
    this.#cursor++;
    return true;
  }

  /** A damaged line among those sent is passed once it is the oldest. What was sent after it is sent again: `oldest` in it lets the receipt pass too. */
  #passUnreadable(now: number): void {
    const { oldest, next } = this.#buffer;
    if (!this.#unreadable || oldest >= next || this.#buffer.read(oldest)) return;
    this.#unreadable = false;
    this.#buffer.giveUpUnreadable();
    this.#startOver(now);
  }

  #isForeign(seq: number): boolean {
    const { confirmed, oldest, next } = this.#buffer;
    return seq >= next || (!confirmed && seq >= oldest && seq > this.#sentTo);
  }

  #onRepeated(now: number): void {
    if (this.#cursor <= this.#oldest || now - this.#startedAt < this.#repeatMs) return;
    this.#repeatMs = Math.min(this.#repeatMs * 2, STALL_MS);
    this.#startOver(now);
  }

  #startOver(now: number): void {
    this.#startedAt = now;
    this.#cursor = this.#oldest;
    this.#progressAt = now;
    this.#window.restart();
  }
}
