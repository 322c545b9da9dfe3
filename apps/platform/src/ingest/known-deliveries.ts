import type { EpochMs } from '#libs/kernel';
import type { Delivery } from '#libs/store';

/** More than a broker has under way to all sessions of a process. */
const MAX_REMEMBERED = 20_000;

const keyOf = ({ session, messageId, fingerprint }: Omit<Delivery, 'received'>): string =>
  `${session} ${messageId} ${fingerprint}`;

/**
 * When the messages came whose readings have no time of their own. One that is delivered again, since its acknowledgement was not sent or was lost, gets
 * the time of its first arrival, so its readings are the same rows.
 */
export class KnownDeliveries {
  readonly #received = new Map<string, EpochMs>();

  /** `stored`: what the database remembers of these sessions, oldest first. */
  constructor(stored: Iterable<Delivery>) {
    for (const delivery of stored) this.add(delivery);
  }

  find(delivery: Omit<Delivery, 'received'>): EpochMs | undefined {
    return this.#received.get(keyOf(delivery));
  }

  /** The oldest are forgotten past 20,000. */
  add(delivery: Delivery): void {
    const key = keyOf(delivery);
    this.#received.delete(key);
    this.#received.set(key, delivery.received);
    const [oldest] = this.#received.keys();
    if (this.#received.size > MAX_REMEMBERED && oldest !== undefined) this.#received.delete(oldest);
  }
}
