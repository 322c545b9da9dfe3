import { createHash } from 'node:crypto';

export interface Packet {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Undefined at QoS 0. */
  readonly messageId: number | undefined;
  /** The broker says that it sent it before. */
  readonly dup: boolean;
}

/** What tells a message from others of its session; undefined at QoS 0, where none comes again. */
export const deliveryOf = ({ topic, payload, messageId }: Packet): string | undefined => {
  if (messageId === undefined) return undefined;
  const hash = createHash('sha256').update(topic).update('\0').update(payload).digest('base64url');
  return `${messageId} ${hash}`;
};

/**
 * The messages of a broker's session whose readings are on the disk, the newest of each message id (so 65,535 at most). One whose acknowledgement
 * was lost comes again; without a time of its own it would be two readings.
 */
export class Deliveries {
  readonly #newest = new Map<string, string>();

  /** `written`: what the buffer remembers, in its order. */
  constructor(written: Iterable<string>) {
    for (const delivery of written) this.add(delivery);
  }

  add(delivery: string): void {
    this.#newest.set(delivery.slice(0, delivery.indexOf(' ')), delivery);
  }

  isWritten(packet: Packet): boolean {
    const delivery = packet.dup ? deliveryOf(packet) : undefined;
    return delivery !== undefined && this.#newest.get(String(packet.messageId)) === delivery;
  }

  /** The broker has begun a new session: its message ids say nothing of the old one's. */
  clear(): void {
    this.#newest.clear();
  }
}
