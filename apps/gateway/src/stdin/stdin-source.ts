import { setTimeout as delay } from 'node:timers/promises';
import type { Gateway } from '#libs/games';
import { type Clock, errorMessage } from '#libs/kernel';
import type { ReadingMessage } from '#libs/telemetry';
import { Complaints } from '../complaints.js';
import { LineReader } from './line-reader.js';
import { type Line, LineSplitter, MAX_LINE_BYTES } from './lines.js';

/** Where readings go. */
export interface Sink {
  /** On the disk when it is true; false: not taken, to be asked again. */
  append(message: { readonly readings: readonly ReadingMessage[] }): boolean;
  /** Nearly full while the platform takes what is in it: a feeder that can wait should. */
  readonly busy: boolean;
}

export interface StdinOptions {
  readonly clock: Clock;
  readonly monotonic: () => number;
  readonly warn: (line: string) => void;
  /** Until the sink is asked again; default a second. */
  readonly retryMs?: number;
}

const BATCH_READINGS = 500;
const BATCH_MS = 200;
const RETRY_MS = 1_000;
const BUSY_MS = 100;

/**
 * A stream of JSON lines to batches on the disk: up to 500 readings or 200 ms. It reads no faster than the disk takes it, and holds one batch. Lines
 * that cannot be read are counted, said and left out.
 */
export class StdinSource {
  readonly #splitter = new LineSplitter();
  readonly #reader: LineReader;
  readonly #complaints: Complaints;
  #batch: ReadingMessage[] = [];
  #lines = 0;
  #readings = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  constructor(
    points: Gateway['points'],
    private readonly sink: Sink,
    private readonly options: StdinOptions,
  ) {
    this.#reader = new LineReader(points);
    this.#complaints = new Complaints(options.monotonic, options.warn);
  }

  /** Lines that were read, readings of them that are on the disk, lines that were not taken, and readings that wait for the disk. */
  get counts(): {
    readonly lines: number;
    readonly readings: number;
    readonly refused: number;
    readonly waiting: number;
  } {
    return {
      lines: this.#lines,
      readings: this.#readings,
      refused: this.#complaints.count,
      waiting: this.#batch.length,
    };
  }

  /** Reads to the end of the stream, or until `stop`; the last batch is on the disk then, unless it was stopped with a disk that does not take it. */
  async run(input: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of input) {
        await this.#take(this.#splitter.push(chunk));
        if (this.#stopped) break;
      }
    } catch (error) {
      if (!this.#stopped) this.options.warn(`stdin cannot be read any more (${errorMessage(error)}).`);
    }
    if (!this.#stopped) await this.#take(this.#splitter.end());
    await this.#write();
  }

  /** Reads no further, and tries the disk once more. */
  stop(): void {
    this.#stopping.abort();
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  async #take(lines: readonly Line[]): Promise<void> {
    for (const { number, bytes } of lines) {
      if (this.#stopped) return;
      this.#lines++;
      if (!bytes) {
        this.#complaints.add(
          `stdin line ${number} has over ${MAX_LINE_BYTES} bytes; dropped. Give one reading a line.`,
        );
      } else if (bytes.some((byte) => byte > 0x20)) this.#read(number, bytes);
      if (this.#batch.length >= BATCH_READINGS) await this.#write();
    }
  }

  #read(number: number, bytes: Uint8Array): void {
    const read = this.#reader.read(bytes, this.options.clock.now());
    if (!read.ok) {
      this.#complaints.add(`stdin line ${number}: ${read.error}`);
      return;
    }
    this.#batch.push(read.value);
    this.#timer ??= setTimeout(() => void this.#write(), BATCH_MS);
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeNow().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeNow(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.sink.busy && !this.#stopped) await this.#pause(BUSY_MS);
    while (this.#batch.length > 0) {
      const readings = this.#batch;
      if (this.sink.append({ readings })) {
        this.#batch = [];
        this.#readings += readings.length;
      } else if (this.#stopped) return;
      else await this.#pause(this.options.retryMs ?? RETRY_MS);
    }
  }
}
