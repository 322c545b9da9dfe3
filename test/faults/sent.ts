/** A reading that a source gave away. */
export interface SentReading {
  readonly value: number;
  /** Epoch ms. */
  readonly ts: number;
}

/** The readings of one source: values count up and are never used again, and each has a millisecond of its own. */
export class Sent {
  #open: SentReading[] = [];
  #settled = 0;
  #value = 0;
  #ts = 0;

  /** Readings that were given away and not taken back. */
  get count(): number {
    return this.#settled + this.#open.length;
  }

  /** Those since the last `settle`. */
  get open(): readonly SentReading[] {
    return this.#open;
  }

  add(): SentReading {
    this.#ts = Math.max(this.#ts + 1, Date.now());
    const reading = { value: ++this.#value, ts: this.#ts };
    this.#open.push(reading);
    return reading;
  }

  /** Only the first `count` were taken. */
  truncate(count: number): void {
    if (count < this.#settled) throw new Error(`${count} were taken, but ${this.#settled} were seen before.`);
    this.#open.length = Math.min(this.#open.length, count - this.#settled);
  }

  /** What is open has been looked at. */
  settle(): void {
    this.#settled += this.#open.length;
    this.#open = [];
  }
}
