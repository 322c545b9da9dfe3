import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { PolicyDay, Scenario } from '#libs/simulation';

import type { ReplicationAnswer, ReplicationTask, WorkerStart } from './protocol.js';

export interface ReplicationOptions {
  readonly folder: string;
  readonly scenario: Pick<Scenario, 'policies' | 'replications' | 'seed'>;
  readonly onProgress: (ratio: number) => void;
  readonly signal: AbortSignal;
}

/** A worker holds its own solver and pack: up to a gigabyte. */
const MOST_WORKERS = 8;

/** Every policy on every drawn day, in as many workers as there are cores, in the order of policies and days. Throws when a day fails or the signal aborts. */
export const runReplications = async ({
  folder,
  scenario: { policies, replications, seed },
  onProgress,
  signal,
}: ReplicationOptions): Promise<readonly PolicyDay[]> => {
  const names = Object.keys(policies);
  const tasks = Array.from({ length: replications }, (_, replication) =>
    names.map((policy): ReplicationTask => ({ policy, replication, seed })),
  ).flat();
  const days: PolicyDay[] = [];
  const underWay = new Map<number, number>();
  const report = (): void => {
    const parts = [...underWay.values()].reduce((sum, ratio) => sum + ratio, days.length);
    onProgress(parts / (names.length * replications));
  };
  const work = async (number: number): Promise<void> => {
    const start: WorkerStart = { folder };
    const worker = new Worker(new URL('./replication-worker.js', import.meta.url), { workerData: start });
    try {
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        const day = await runTask(worker, task, signal, (ratio) => {
          underWay.set(number, ratio);
          report();
        });
        underWay.delete(number);
        days.push(day);
        report();
      }
    } finally {
      tasks.length = 0;
      await worker.terminate();
    }
  };
  const workers = Math.min(tasks.length, availableParallelism(), MOST_WORKERS);
  const ended = await Promise.allSettled(Array.from({ length: workers }, (_, number) => work(number)));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return days.toSorted((a, b) => names.indexOf(a.policy) - names.indexOf(b.policy) || a.replication - b.replication);
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
