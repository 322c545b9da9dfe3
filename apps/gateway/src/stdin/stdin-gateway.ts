import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Gateway } from '#libs/games';
import { EdgeGateway, type EdgeName, type EdgeOptions } from '../edge-gateway.js';
import { StdinSource } from './stdin-source.js';

/** Everything is receipted, or was to be kept. */
const OK = 0;
/** What was read could not be written. */
const UNWRITTEN = 1;
/** The stream has ended, and the platform does not have all of it yet. */
const REMAINING = 3;

const POLL_MS = 50;

export interface StdinGatewayOptions extends EdgeOptions {
  readonly input: Readable;
  /** How long the last receipt may be ago when the stream has ended. */
  readonly drainMs: number;
  readonly say: (line: string) => void;
}

/** JSON lines of a stream, as one gateway: until the stream has ended and is receipted, or `stop`. */
export class StdinGateway {
  /** The program's exit code, once it has nothing left to do. */
  readonly finished: Promise<number>;
  readonly #edge: EdgeGateway;
  readonly #source: StdinSource;
  #stopped = false;

  constructor(
    private readonly options: StdinGatewayOptions,
    name: EdgeName,
    points: Gateway['points'],
  ) {
    const edge = new EdgeGateway(options, name);
    this.#edge = edge;
    const sink = {
      append: (message: Parameters<EdgeGateway['append']>[0]) => edge.append(message),
      get busy() {
        return edge.busy;
      },
    };
    this.#source = new StdinSource(points, sink, options);
    this.finished = this.#run();
  }

  tick(): void {
    this.#edge.tick();
  }

  /** Reads no further; what was read is written first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#source.stop();
    this.options.input.destroy();
    await this.finished;
    await this.#edge.stop();
  }

  async #run(): Promise<number> {
    await this.#source.run(this.options.input);
    if (!this.#stopped) await this.#drain();
    const { lines, readings, refused, waiting } = this.#source.counts;
    const { buffered } = this.#edge.buffer;
    const left =
      buffered === 0
        ? 'all is receipted'
        : `${buffered} readings remain in the buffer; nothing is lost, start again with --home ${this.options.home}`;
    this.options.say(`${lines} lines taken: ${readings} readings written, ${refused} lines refused; ${left}.`);
    if (waiting > 0) {
      this.options.warn(`${waiting} readings were read and could not be written. Feed them again.`);
      return UNWRITTEN;
    }
    return buffered === 0 || this.#stopped ? OK : REMAINING;
  }

  /** Waits for the receipts. As long as there are new ones it goes on. */
  async #drain(): Promise<void> {
    const { buffer } = this.#edge;
    let oldest = buffer.oldest;
    let since = this.options.monotonic();
    while (buffer.oldest < buffer.next && !this.#stopped) {
      const now = this.options.monotonic();
      if (buffer.oldest !== oldest) {
        oldest = buffer.oldest;
        since = now;
      } else if (now - since >= this.options.drainMs) return;
      await delay(POLL_MS);
    }
  }
}
