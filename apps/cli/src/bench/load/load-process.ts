import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { BenchError } from '../process/bench-error.js';
import type { LoadAnswer, LoadCommand, LoadResult, LoadRun, LoadSettings } from './protocol.js';

const START_MS = 20_000;
/** A run's end after its last message: draining, and some. */
const AFTER_MS = 150_000;

const forkBeside = (file: string, args: readonly string[] = []): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** The next message of a child, or a BenchError when it ends or takes too long. */
const nextMessage = async (child: ChildProcess, what: string, limitMs: number): Promise<unknown> => {
  const over = new AbortController();
  const { signal } = over;
  const timer = setTimeout(() => over.abort(), limitMs);
  try {
    const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new BenchError(`${what} has ended.`)));
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown];
    return message;
  } catch (error) {
    if (signal.aborted) throw new BenchError(`${what} gave no answer within ${limitMs / 1000} s.`);
    throw error;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** The generator's process. */
export class LoadProcess {
  private constructor(private readonly child: ChildProcess) {}

  static start(): LoadProcess {
    return new LoadProcess(forkBeside('./generator.js'));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async connect(settings: LoadSettings): Promise<void> {
    await this.#ask({ kind: 'connect', settings }, START_MS);
  }

  async run(run: LoadRun): Promise<LoadResult> {
    const answer = await this.#ask({ kind: 'run', run }, run.seconds * 1000 + AFTER_MS);
    if (answer.kind !== 'done') throw new BenchError(`The load generator answered ${answer.kind}.`);
    return answer.result;
  }

  stop(): Promise<void> {
    return end(this.child);
  }

  async #ask(command: LoadCommand, limitMs: number): Promise<LoadAnswer> {
    this.child.send(command);
    const answer = (await nextMessage(this.child, 'The load generator', limitMs)) as LoadAnswer;
    if (answer.kind === 'failed') throw new BenchError(answer.message);
    return answer;
  }
}

/** The bare subscriber's process. */
export class SubscriberProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(mqttUrl: string): Promise<SubscriberProcess> {
    const child = forkBeside('./subscriber.js', [mqttUrl]);
    try {
      await nextMessage(child, 'The bare subscriber', START_MS);
    } catch (error) {
      await end(child);
      throw error;
    }
    return new SubscriberProcess(child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  stop(): Promise<void> {
    return end(this.child);
  }
}
