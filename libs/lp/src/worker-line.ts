import type { Worker } from 'node:worker_threads';
import type { SolveNews } from './protocol.js';
import type { LineReply, LineRequest, SolverLine } from './solver-line.js';

/** One request in the line. Ends exactly once. */
interface Job {
  readonly request: LineRequest;
  /** On the clock of `performance.now()`. */
  readonly endsAt: number;
  readonly resolve: (reply: LineReply) => void;
  readonly reject: (error: Error) => void;
  readonly onNews: ((news: SolveNews) => void) | undefined;
  readonly release: () => void;
}

/**
 * Jobs for one worker thread, one at a time in order of arrival; it is started when first needed and kept warm. A job whose time is over leaves the
 * line, or has its worker ended; a worker that crashes rejects its job only. The next job gets a new worker.
 */
export class WorkerLine implements SolverLine {
  readonly #start: () => Worker;
  readonly #graceMs: number;
  readonly #waiting: Job[] = [];
  #running: Job | undefined;
  #worker: Worker | undefined;
  #closed = false;

  /** `graceMs`: how long past its deadline a running job may still answer, for a solver that keeps its own time limit. */
  constructor(start: () => Worker, graceMs: number) {
    this.#start = start;
    this.#graceMs = graceMs;
  }

  submit(
    request: LineRequest,
    endsAt: number,
    signal?: AbortSignal,
    onNews?: (news: SolveNews) => void,
  ): Promise<LineReply> {
    return new Promise((resolve, reject) => {
      const expire = (): void => {
        if (this.#running !== job) this.#end(job);
        else timer = setTimeout(() => this.#end(job), this.#graceMs);
      };
      let timer = setTimeout(expire, Math.max(0, endsAt - performance.now()));
      const abort = (): void => this.#end(job);
      const job: Job = {
        request,
        endsAt,
        resolve,
        reject,
        onNews,
        release: () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(job);
      if (this.#closed || signal?.aborted) this.#end(job);
      else this.#next();
    });
  }

  /** Ends the worker; jobs under way end as out of time, and so do later ones. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    for (const job of [...this.#waiting, ...(this.#running ? [this.#running] : [])]) this.#end(job);
    await worker?.terminate();
    this.#worker = undefined;
  }

  #next(): void {
    if (this.#running) return;
    const job = this.#waiting.shift();
    if (!job) {
      // An idle worker does not keep the process alive.
      this.#worker?.unref();
      return;
    }
    this.#running = job;
    this.#worker ??= this.#hire();
    this.#worker.ref();
    this.#worker.postMessage({ ...job.request, timeMs: job.endsAt - performance.now() });
  }

  #hire(): Worker {
    const worker = this.#start();
    const fail = (error: Error): void => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#finish((job) => job.reject(error));
    };
    worker.on('message', (reply: LineReply | SolveNews) => {
      if (this.#worker !== worker) return;
      if (reply.status === 'under_way') this.#running?.onNews?.(reply);
      else this.#finish((job) => job.resolve(reply));
    });
    worker.on('error', (error: unknown) =>
      fail(new Error(`The solver's worker crashed: ${error instanceof Error ? error.message : String(error)}`)),
    );
    worker.on('exit', (code) => fail(new Error(`The solver's worker ended with code ${code}.`)));
    return worker;
  }

  #finish(settle: (job: Job) => void): void {
    const job = this.#running;
    this.#running = undefined;
    if (job) {
      job.release();
      settle(job);
    }
    this.#next();
  }

  #end(job: Job): void {
    if (this.#running === job) {
      const worker = this.#worker;
      this.#worker = undefined;
      void worker?.terminate();
      this.#finish(() => job.resolve({ status: 'out_of_time' }));
      return;
    }
    const place = this.#waiting.indexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    job.release();
    job.resolve({ status: 'out_of_time' });
  }
}
