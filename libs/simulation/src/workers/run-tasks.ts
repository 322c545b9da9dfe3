import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { PolicyDay } from '../replications/compare-days.js';
import type { ReplicationAnswer, ReplicationTask } from './protocol.js';

export interface RunOptions {
  /** From 0 to 1. */
  readonly onProgress: (ratio: number) => void;
  readonly signal: AbortSignal;
  /** Absent: as many as there are cores. */
  readonly workers?: number;
  /** As each day ends, in any order. */
  readonly onDay?: (day: PolicyDay, task: ReplicationTask) => void;
}

/** A worker holds its own solver and pack: up to a gigabyte. */
const MOST_WORKERS = 8;

/** Runs every task, in several workers, and gives their days in the order of the tasks. Throws when a day fails or the signal aborts. */
export const runTasks = async (
  tasks: readonly ReplicationTask[],
  { onProgress, signal, workers = availableParallelism(), onDay }: RunOptions,
): Promise<readonly PolicyDay[]> => {
  const days: PolicyDay[] = [];
  const underWay = new Map<number, number>();
  let [next, ended] = [0, 0];
  const report = (): void =>
    onProgress(([...underWay.values()].reduce((sum, ratio) => sum + ratio, 0) + ended) / tasks.length);
  const work = async (number: number): Promise<void> => {
    const worker = new Worker(new URL('./replication-worker.js', import.meta.url));
    try {
      for (;;) {
        const at = next++;
        const task = tasks[at];
        if (!task) break;
        const day = await runTask(worker, task, signal, (ratio) => {
          underWay.set(number, ratio);
          report();
        });
        underWay.delete(number);
        ended += 1;
        days[at] = day;
        onDay?.(day, task);
        report();
      }
    } finally {
      next = tasks.length;
      await worker.terminate();
    }
  };
  const length = Math.min(tasks.length, workers, MOST_WORKERS);
  const settled = await Promise.allSettled(Array.from({ length }, (_, number) => work(number)));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return days;
};

const runTask = (
  worker: Worker,
  task: ReplicationTask,
  signal: AbortSignal,
  onProgress: (ratio: number) => void,
): Promise<PolicyDay> =>
  new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      worker.off('message', hear).off('error', reject).off('exit', fall);
      signal.removeEventListener('abort', cancel);
      done();
    };
    const cancel = (): void => settle(() => reject(new Error('The run was cancelled.')));
    const fall = (code: number): void => settle(() => reject(new Error(`A worker ended with exit code ${code}.`)));
    const hear = (answer: ReplicationAnswer): void => {
      if ('ratio' in answer) onProgress(answer.ratio);
      else if ('day' in answer) settle(() => resolve(answer.day));
      else settle(() => reject(new Error(`${task.policy}, day ${task.replication + 1}: ${answer.failure}`)));
    };
    if (signal.aborted) {
      cancel();
      return;
    }
    signal.addEventListener('abort', cancel);
    worker.on('message', hear).on('error', reject).on('exit', fall);
    worker.postMessage(task);
  });
