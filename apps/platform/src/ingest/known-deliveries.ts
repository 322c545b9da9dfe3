import type { EpochMs } from '#libs/kernel';
import type { Delivery } from '#libs/store';

/** More than a broker has under way to all sessions of a process. */
const MAX_REMEMBERED = 20_000;

interface Remembered {
  readonly fingerprint: string;
  readonly received: EpochMs;
  acknowledged: boolean;
}

type Packet = Pick<Delivery, 'session' | 'messageId'>;

const keyOf = ({ session, messageId }: Packet): string => `${session} ${messageId}`;

/**
 * When the messages came whose readings have no time of their own. One that is delivered again, since its acknowledgement was not sent or was lost, gets
 * the time of its first arrival, so its readings are the same rows. A packet id that was not acknowledged cannot be another message's; one that was
 * may be, unless the broker says that it delivers again.
 */
export class KnownDeliveries {
  readonly #packets = new Map<string, Remembered>();

  /** `stored`: what the database remembers of these sessions, oldest first. */
  constructor(stored: Iterable<Delivery>) {
    for (const delivery of stored) {
      this.add(delivery);
      this.acknowledged(delivery);
    }
  }

  /** Of the first arrival; `again` as the broker says, `fingerprint` is asked for when it matters. */
  find(packet: Packet, again: boolean, fingerprint: () => string): EpochMs | undefined {
    const known = this.#packets.get(keyOf(packet));
    if (!known || (known.acknowledged && !again)) return undefined;
    return known.fingerprint === fingerprint() ? known.received : undefined;
  }

  /** The oldest are forgotten past 20,000. */
  add(delivery: Delivery): void {
    const key = keyOf(delivery);
    this.#packets.delete(key);
    this.#packets.set(key, { fingerprint: delivery.fingerprint, received: delivery.received, acknowledged: false });
    const [oldest] = this.#packets.keys();
    if (this.#packets.size > MAX_REMEMBERED && oldest !== undefined) this.#packets.delete(oldest);
  }

  acknowledged(packet: Packet): void {
    const known = this.#packets.get(keyOf(packet));
    if (known) known.acknowledged = true;
  }
}
