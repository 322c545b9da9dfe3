const FIRST_MESSAGES = 50;
const MAX_MESSAGES = 1_000;
const MAX_BYTES = 4 * 1_048_576;

/**
 * How far ahead of its receipt a gateway sends. What is ahead costs nothing but sending it again, and room in a broker whose platform is down: so
 * 50 messages at first and whenever sending starts over, and one more for each that is receipted, up to 1,000 messages or 4 MiB.
 */
export class Window {
  #messages = FIRST_MESSAGES;
  /** Sent and not receipted, in order. */
  #ahead: { readonly seq: number; readonly bytes: number }[] = [];
  #bytes = 0;

  /** Whether one more may be sent when `ahead` messages are. One always may. */
  isOpen(ahead: number): boolean {
    return ahead < this.#messages && (this.#bytes < MAX_BYTES || ahead === 0);
  }

  onSent(seq: number, bytes: number): void {
    this.#ahead.push({ seq, bytes });
    this.#bytes += bytes;
  }

  /** All below `oldest` is receipted. */
  onReceipt(oldest: number): void {
    const kept = this.#ahead.findIndex(({ seq }) => seq >= oldest);
    const receipted = this.#ahead.splice(0, kept < 0 ? this.#ahead.length : kept);
    this.#bytes -= receipted.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#messages = Math.min(MAX_MESSAGES, this.#messages + receipted.length);
  }

  restart(): void {
    this.#messages = FIRST_MESSAGES;
    this.#ahead = [];
    this.#bytes = 0;
  }
}
