const FIRST_MESSAGES = 50;
const MAX_MESSAGES = 1_000;
const MAX_BYTES = 4 * 1_048_576;

/** A message that was sent and is not receipted. */
interface UnderWay {
  readonly seq: number;
  readonly bytes: number;
  /** The broker has it. */
  acknowledged: boolean;
  /** Sent before sending started over. */
  earlier: boolean;
}

/**
 * How far ahead of its receipt a gateway sends. What is ahead costs nothing but sending it again, and room in a broker whose platform is down: so
 * 50 messages at first and whenever sending starts over, and one more for each that is receipted, up to 1,000 messages or 4 MiB.
 */
export class Window {
  #messages = FIRST_MESSAGES;
  #underWay: UnderWay[] = [];
  #bytes = 0;

  /** Whether one more may be sent. With nothing under way one always may. */
  get isOpen(): boolean {
    const { length } = this.#underWay;
    return length < this.#messages && (this.#bytes < MAX_BYTES || length === 0);
  }

  onSent(seq: number, bytes: number): void {
    this.#underWay.push({ seq, bytes, acknowledged: false, earlier: false });
    this.#bytes += bytes;
  }

  onAcknowledged(seq: number): void {
    const message = this.#underWay.find((one) => one.seq === seq && !one.acknowledged);
    if (!message) return;
    message.acknowledged = true;
    if (message.earlier) this.#keep((one) => one !== message);
  }

  /** All below `oldest` is receipted. */
  onReceipt(oldest: number): void {
    const before = this.#underWay.length;
    this.#keep(({ seq }) => seq >= oldest);
    this.#messages = Math.min(MAX_MESSAGES, this.#messages + before - this.#underWay.length);
  }

  /** On the same connection: what the broker has not acknowledged is still in it. */
  restart(): void {
    this.#messages = FIRST_MESSAGES;
    this.#keep(({ acknowledged }) => !acknowledged);
    for (const message of this.#underWay) message.earlier = true;
  }

  /** On a new connection. */
  clear(): void {
    this.#messages = FIRST_MESSAGES;
    this.#keep(() => false);
  }

  #keep(isKept: (message: UnderWay) => boolean): void {
    this.#underWay = this.#underWay.filter(isKept);
    this.#bytes = this.#underWay.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
