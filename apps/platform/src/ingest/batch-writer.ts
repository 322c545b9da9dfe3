import { errorMessage } from '#libs/kernel';
import type { Receipt } from '#libs/store';
import { Batcher, type ReceiptTracker } from '#libs/telemetry';
import { persistWith } from './back-off.js';
import type { Inbound } from './inbound.js';
import type { SessionAck } from './session.js';
import { isValueError, type Persist, type Stores, writeInbound, type Written } from './write-inbound.js';

const BATCH = { maxRows: 5_000, maxAgeMs: 100 };

/** A message that is not in the database yet. */
export interface Pending {
  readonly inbound: Inbound;
  readonly ack: SessionAck | undefined;
  /** Of its arrival, by `performance.now()`: the wall's clock may jump. */
  readonly at: number;
}

export interface BatchWriterOptions {
  readonly store: Stores;
  readonly tracker: ReceiptTracker;
  readonly warn: (line: string) => void;
  /** After each commit. */
  readonly onCommitted: (batch: readonly Pending[], written: Written, receipts: readonly Receipt[]) => void;
}

/** Gathers messages and writes them, a batch at a time and in order, trying again for as long as the database is away. */
export class BatchWriter {
  readonly #batcher = new Batcher<Pending>(BATCH);
  readonly #stopping = new AbortController();
  readonly #persist: Persist;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #ended = false;
  #messages = 0;
  #bytes = 0;

  constructor(private readonly options: BatchWriterOptions) {
    const { warn } = options;
    this.#persist = persistWith({
      isFinal: isValueError,
      onFailing: (line) =>
        warn(`The database does not take readings (${line}); nothing is acknowledged, trying again.`),
      onRecovered: () => warn('The database takes readings again.'),
      signal: this.#stopping.signal,
    });
  }

  /** Messages that wait for the database, with those that are being written. */
  get messages(): number {
    return this.#messages;
  }

  /** Their payloads' bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(pending: Pending): void {
    const { inbound, at } = pending;
    this.#batcher.add(pending, Math.max(1, inbound.readings.length), at);
    this.#messages++;
    this.#bytes += inbound.payload.length;
    this.#schedule();
  }

  /** Writes what is at hand, and gives up after `limitMs`. */
  async end(limitMs: number): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    const limit = setTimeout(() => this.#stopping.abort(), limitMs);
    const aborted = new Promise<void>((resolve) => {
      this.#stopping.signal.addEventListener('abort', () => setTimeout(resolve, 500));
    });
    await Promise.race([this.#drain(), aborted]);
    clearTimeout(limit);
  }

  async #drain(): Promise<void> {
    while (this.#batcher.size > 0 && !this.#stopping.signal.aborted) await this.#flush();
    await this.#writing;
  }

  #schedule(): void {
    if (this.#writing || this.#timer || this.#ended) return;
    const wait = this.#batcher.dueIn(performance.now());
    if (wait === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, wait);
  }

  async #flush(): Promise<void> {
    this.#writing ??= this.#write(this.#batcher.take()).finally(() => {
      this.#writing = undefined;
      this.#schedule();
    });
    await this.#writing;
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    const { tracker, store, warn, onCommitted } = this.options;
    const inbounds = batch.map(({ inbound }) => inbound);
    const receipts = tracker.add(inbounds.flatMap(({ message }) => message ?? []));
    let written;
    try {
      written = await writeInbound(inbounds, receipts, store, this.#persist);
    } catch (error) {
      warn(`${batch.length} messages were not written before the end (${errorMessage(error)}).`);
      return;
    }
    this.#messages -= batch.length;
    for (const { payload } of inbounds) this.#bytes -= payload.length;
    onCommitted(batch, written, receipts);
  }
}
