import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { until } from './until.js';

export interface ProgramOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The line of its output that says that it works. */
  readonly ready: RegExp;
  /** Gives it a standard input. */
  readonly fed?: boolean;
}

const MOST_LINES = 200;
const AGAIN_MS = 500;

/** A program under a supervisor: started again, half a second after it ended, until it is told to stop. */
export class Program {
  readonly #options: ProgramOptions;
  readonly #lines: string[] = [];
  #child: ChildProcess | undefined;
  #life: Promise<void> | undefined;
  #wanted = false;
  #ready = false;
  #starts = 0;

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  /** The last lines that it said. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** What it reads; undefined while it does not run. */
  get input(): Writable | undefined {
    return this.#child?.stdin ?? undefined;
  }

  start(): void {
    this.#wanted = true;
    this.#life ??= this.#live();
  }

  /** The limit is longer than an outage in which it cannot start. */
  async ready(seconds = 180): Promise<void> {
    const last = () => this.#lines.slice(-5).join('\n');
    await until(`${this.name} is ready`, () => (this.#ready ? undefined : `it last said:\n${last()}`), seconds);
  }

  /** `kill -9`; its supervisor starts it again. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Ends it for good: in order, or with `kill -9`. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#wanted = false;
    this.#child?.kill(signal);
    const late = setTimeout(() => this.#child?.kill('SIGKILL'), 15_000);
    await this.#life;
    clearTimeout(late);
    this.#life = undefined;
  }

  /** `stop` may come at any time. */
  #isWanted(): boolean {
    return this.#wanted;
  }

  async #live(): Promise<void> {
    while (this.#isWanted()) {
      await this.#run();
      this.#ready = false;
      this.#child = undefined;
      if (this.#isWanted()) await delay(AGAIN_MS);
    }
  }

  async #run(): Promise<void> {
    const { command, args, environment, fed, ready } = this.#options;
    this.#starts++;
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      stdio: [fed ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    // A killed reader breaks the pipe; what it did not read counts as never written.
    child.stdin?.on('error', () => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        const lines = chunk.toString().split('\n').filter(Boolean);
        this.#ready ||= lines.some((line) => ready.test(line));
        this.#lines.push(...lines);
        this.#lines.splice(0, this.#lines.length - MOST_LINES);
      });
    const [code] = (await once(child, 'close')) as [number | null];
    this.#lines.push(`(ended: ${code ?? child.signalCode ?? 'unknown'})`);
  }
}
