import type { Delivery } from '#libs/store';

/** More than a broker has under way to all sessions of a process. */
const MAX_REMEMBERED = 20_000;

type Packet = Pick<Delivery, 'session' | 'messageId'>;

const keyOf = ({ session, messageId }: Packet): string => `${session} ${messageId}`;

/**
 * Packets of untimed messages that were read and not acknowledged. A packet id cannot be another message's before it is acknowledged (MQTT 3.1.1, 2.3.1), so
 * one that comes once more with the same content is delivered again, also when the broker does not say so (the embedded one does not).
 */
export class Packets {
  readonly #fingerprints = new Map<string, string>();

  /** Whether it was read before; remembers it. The oldest are forgotten past 20,000. */
  take(packet: Packet, fingerprint: string): boolean {
    const key = keyOf(packet);
    const again = this.#fingerprints.get(key) === fingerprint;
    this.#fingerprints.delete(key);
    this.#fingerprints.set(key, fingerprint);
    const [oldest] = this.#fingerprints.keys();
    if (this.#fingerprints.size > MAX_REMEMBERED && oldest !== undefined) this.#fingerprints.delete(oldest);
    return again;
  }

  acknowledged(packet: Packet): void {
    this.#fingerprints.delete(keyOf(packet));
  }
}
