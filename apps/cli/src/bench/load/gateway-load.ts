import { storedMessage } from '#libs/telemetry';

import type { MessageMaker } from './message-maker.js';
import type { Publisher } from './publisher.js';

/** Messages whose time of publishing is remembered, and so the most without a receipt. */
const MOST_OPEN = 65_536;

/** One gateway: what it has sent, and what of it is receipted. */
export class GatewayLoad {
  readonly #sentAt = new Float64Array(MOST_OPEN);
  readonly #now: () => number;
  #next: number;
  #stored: number;
  /** Delays of messages from this seq on are counted. */
  #measuredFrom = Infinity;

  /** `now` in ms of any one clock. */
  constructor(
    private readonly maker: Pick<MessageMaker, 'make'>,
    private readonly delays: { add(ms: number): void },
    { firstSeq, now }: { readonly firstSeq: number; readonly now: () => number },
  ) {
    this.#now = now;
    this.#next = firstSeq;
    this.#stored = firstSeq - 1;
  }

  get open(): number {
    return this.#next - 1 - this.#stored;
  }

  get stored(): number {
    return this.#stored;
  }

  measureFromHere(): void {
    this.#measuredFrom = this.#next;
  }

  endMeasuring(): void {
    this.#measuredFrom = Infinity;
  }

  /** Sends up to `wanted` messages of `readings` readings; returns how many. */
  send(publisher: Pick<Publisher, 'room' | 'send'>, wanted: number, readings: number): number {
    const count = Math.max(0, Math.min(wanted, publisher.room, MOST_OPEN - this.open));
    const now = this.#now();
    const payloads = Array.from({ length: count }, () => {
      this.#sentAt[this.#next % MOST_OPEN] = now;
      return this.maker.make(this.#next++, this.#stored + 1, readings);
    });
    publisher.send(payloads);
    return count;
  }

  /** A receipt, as the platform publishes it; one from before this load, or that cannot be read, is left. */
  onReceipt(payload: string): void {
    const { success, data } = storedMessage.safeParse(JSON.parse(payload));
    if (!success || data.seq <= this.#stored || data.seq >= this.#next) return;
    const now = this.#now();
    for (let seq = Math.max(this.#stored + 1, this.#measuredFrom); seq <= data.seq; seq++)
      this.delays.add(now - (this.#sentAt[seq % MOST_OPEN] ?? now));
    this.#stored = data.seq;
  }
}
