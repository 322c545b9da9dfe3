import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { BenchError } from './bench-error.js';

const KEPT_LINES = 200;
const STOP_MS = 15_000;

/** A program of its own, with the last of what it said. */
export class Child {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #closed: Promise<unknown>;
  #ended = false;
  #failure: string | undefined;

  constructor(
    readonly name: string,
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.#process = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk: Buffer) => this.#hear(chunk.toString()));
    this.#process.on('error', (error) => (this.#failure = error.message));
    this.#closed = once(this.#process, 'close').catch(() => undefined);
    void this.#closed.then(() => (this.#ended = true));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Throws when it has ended by itself. */
  check(): void {
    if (!this.#ended && this.#failure === undefined) return;
    const said = this.#failure ?? this.lines.slice(-5).join(' | ');
    throw new BenchError(`${this.name} has ended: ${said || `exit code ${String(this.#process.exitCode)}`}`);
  }

  /** In order, and after 15 s by force. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    this.#process.kill('SIGTERM');
    await Promise.race([this.#closed, delay(STOP_MS, undefined, { ref: false })]);
    this.#process.kill('SIGKILL');
    await this.#closed;
  }

  #hear(text: string): void {
    this.lines.push(...text.split('\n').filter((line) => line !== ''));
    if (this.lines.length > KEPT_LINES) this.lines.splice(0, this.lines.length - KEPT_LINES);
  }
}
