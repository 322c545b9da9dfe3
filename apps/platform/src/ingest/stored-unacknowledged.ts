import { fingerprintOf } from './fingerprint.js';

interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
}

const MAX_REMEMBERED = 100_000;

/**
 * Messages that were committed after their connection was gone. The broker sends them again; without this memory a reader that
 * had to leave a full broker would get the same first messages each time it comes back, and never pass them.
 */
export class StoredUnacknowledged {
  readonly #fingerprints = new Set<string>();

  /** The oldest are forgotten past 100,000: those are then stored once more, which changes nothing. */
  add(message: Message): void {
    this.#fingerprints.add(fingerprintOf(message));
    const [oldest] = this.#fingerprints;
    if (this.#fingerprints.size > MAX_REMEMBERED && oldest !== undefined) this.#fingerprints.delete(oldest);
  }

  /** Whether the message is one of them; it is then forgotten. */
  take(message: Message): boolean {
    return this.#fingerprints.size > 0 && this.#fingerprints.delete(fingerprintOf(message));
  }
}
