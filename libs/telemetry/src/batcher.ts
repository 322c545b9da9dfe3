interface Queued<T> {
  readonly item: T;
  readonly rows: number;
  readonly at: number;
}

/** Gathers items until they are many rows or old. Times in ms of any one clock, handed in. */
export class Batcher<T> {
  readonly #maxRows: number;
  readonly #maxAgeMs: number;
  #queue: Queued<T>[] = [];
  #rows = 0;

  constructor(limits: { readonly maxRows: number; readonly maxAgeMs: number }) {
    this.#maxRows = limits.maxRows;
    this.#maxAgeMs = limits.maxAgeMs;
  }

  get size(): number {
    return this.#queue.length;
  }

  add(item: T, rows: number, now: number): void {
    this.#queue.push({ item, rows, at: now });
    this.#rows += rows;
  }

  /** Ms until a batch is due: 0 when it is, undefined when there is nothing. */
  dueIn(now: number): number | undefined {
    const oldest = this.#queue[0];
    if (!oldest) return undefined;
    return this.#rows >= this.#maxRows ? 0 : Math.max(0, oldest.at + this.#maxAgeMs - now);
  }

  /** The oldest items, in order: at least one, and no more than `maxRows` rows unless one item alone has more. */
  take(): T[] {
    let rows = 0;
    const past = this.#queue.findIndex((queued, index) => (rows += queued.rows) > this.#maxRows && index > 0);
    const taken = this.#queue.splice(0, past === -1 ? this.#queue.length : past);
    this.#rows -= taken.reduce((sum, queued) => sum + queued.rows, 0);
    return taken.map(({ item }) => item);
  }
}
