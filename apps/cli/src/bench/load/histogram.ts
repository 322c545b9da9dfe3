const MOST_MS = 120_000;

/** Durations counted by the millisecond, up to two minutes: its size does not grow with what is counted. */
export class Histogram {
  readonly #counts = new Uint32Array(MOST_MS + 1);
  #total = 0;

  add(ms: number): void {
    const place = Math.min(MOST_MS, Math.max(0, Math.ceil(ms)));
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#total++;
  }

  /** The least duration, ms rounded up, that `share` of them do not exceed; 0 when there are none. */
  quantile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.#total));
    let passed = 0;
    return Math.max(
      0,
      this.#counts.findIndex((count) => (passed += count) >= wanted),
    );
  }
}
