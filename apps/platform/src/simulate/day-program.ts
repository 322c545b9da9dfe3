import { constants, setPriority } from 'node:os';

import { errorMessage } from '#libs/kernel';
import { type ReplicationTask, runTasks } from '#libs/simulation';

import type { DayAnswer } from './day-process.js';

// Live planners come first. Linux keeps a priority by thread, and threads take it from the one that makes them: so before any is made.
setPriority(constants.priority.PRIORITY_LOW);

const answer = (message: DayAnswer): void => void process.send?.(message);

// Whoever started it decides when it ends, and when that one is gone nobody waits for the day.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(1));

const run = async (tasks: readonly ReplicationTask[]): Promise<void> => {
  await runTasks(tasks, {
    workers: 1,
    signal: new AbortController().signal,
    onProgress: (ratio) => answer({ ratio }),
    onDay: (day) => answer({ day }),
  });
  answer({ done: true });
};

process.once('message', (tasks: readonly ReplicationTask[]) => {
  run(tasks)
    .catch((error: unknown) => answer({ failure: errorMessage(error) }))
    .finally(() => process.disconnect());
});
