import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SolverName } from '#libs/lp';
import type { DispatchAnswer, DispatchTask, PlannerStart } from './dispatch-task.js';

/** Past the deadlines of a task, for laying out the problem and reading the plan on a busy machine. */
const GRACE_MS = 60_000;

/** The built worker: beside this file in `dist/`, or the same path there when this file runs from source. */
const workerFile = (): URL => {
  const file = import.meta.url.endsWith('.ts')
    ? new URL('../../../../../dist/apps/platform/src/control/dispatch/dispatch-worker.js', import.meta.url)
    : new URL('./dispatch-worker.js', import.meta.url);
  if (!existsSync(file))
    throw new Error(`The dispatch planner ${fileURLToPath(file)} is missing. Run "npm run build" first.`);
  return file;
};

/**
 * Plans dispatch in a worker thread: of a Games network laying out, searching and reading back take seconds of every minute, in which the event loop must answer.
 * One task at a time. A worker that fails rejects its task only; the next gets a new one.
 */
export class DispatchPlanner {
  private worker: Worker | undefined;
  private closed = false;

  constructor(readonly solver: SolverName) {}

  async plan(task: DispatchTask): Promise<DispatchAnswer> {
    if (this.closed) throw new Error('The dispatch planner is closed.');
    const worker = (this.worker ??= this.hire());
    const over = new AbortController();
    worker.postMessage(task);
    try {
      // Rejects with what the worker threw.
      const answered = once(worker, 'message', over);
      const ended = once(worker, 'exit', over).then(() => Promise.reject(new Error('The dispatch planner ended.')));
      const late = delay(2 * task.deadlineMs + GRACE_MS, undefined, over).then(() =>
        Promise.reject(new Error('The dispatch planner did not answer in time.')),
      );
      const [answer] = (await Promise.race([answered, ended, late])) as [DispatchAnswer];
      return answer;
    } catch (error) {
      void worker.terminate();
      throw error;
    } finally {
      over.abort();
    }
  }

  /** Ends the worker; a task under way is rejected. */
  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private hire(): Worker {
    const worker = new Worker(workerFile(), { workerData: { solver: this.solver } satisfies PlannerStart });
    const forget = (): void => {
      if (this.worker === worker) this.worker = undefined;
    };
    return worker.on('error', forget).on('exit', forget);
  }
}
