import { setTimeout as delay } from 'node:timers/promises';

import { errorMessage } from '#libs/kernel';

import { BenchError } from './bench-error.js';

type Stop = () => Promise<void> | void;

/** What was being started when it was interrupted comes up within this, and is then stopped as well. */
const SETTLE_MS = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Started {
  readonly what: string;
  readonly stop: Stop;
}

/** What a bench has started, stopped once each in reverse order. */
export class Cleanup {
  readonly #started: Started[] = [];
  readonly #late: Promise<void>[] = [];
  #closed = false;

  constructor(private readonly complain: (line: string) => void) {}

  /** Once everything was stopped it stops this as well, and throws. */
  add(what: string, stop: Stop): void {
    if (this.#closed) {
      this.#late.push(this.#stop({ what, stop }));
      throw new BenchError('Interrupted.');
    }
    this.#started.push({ what, stop });
  }

  async run(): Promise<void> {
    this.#closed = true;
    for (let entry = this.#started.pop(); entry; entry = this.#started.pop()) await this.#stop(entry);
    await Promise.all(this.#late);
  }

  async #stop({ what, stop }: Started): Promise<void> {
    try {
      await stop();
    } catch (error) {
      this.complain(`${what} was not stopped: ${errorMessage(error)}`);
    }
  }
}

/** Runs `work`, and whatever it started is stopped: at its end, when it fails, and on Ctrl-C, which makes it fail. */
export const withCleanup = async <T>(
  complain: (line: string) => void,
  work: (cleanup: Cleanup) => Promise<T>,
): Promise<T> => {
  const cleanup = new Cleanup(complain);
  let interrupt: () => void = () => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt = () => reject(new BenchError('Interrupted.'));
  });
  for (const signal of SIGNALS) process.on(signal, interrupt);
  const working = work(cleanup);
  const settled = working.then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([working, interrupted]);
  } finally {
    await cleanup.run();
    // When it was interrupted, the work fails a moment later, because what it works with was stopped.
    await Promise.race([settled, delay(SETTLE_MS, undefined, { ref: false })]);
    await cleanup.run();
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
};
