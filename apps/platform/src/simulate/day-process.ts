import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { PolicyDay, ReplicationTask, RunOptions } from '#libs/simulation';

/** What the process of a day says: how far all of its tasks are, a day that is done, that all are, or why one cannot be. */
export type DayAnswer =
  { readonly ratio: number } | { readonly day: PolicyDay } | { readonly done: true } | { readonly failure: string };

/** A day that cannot be run, by anyone. */
export class DayFailure extends Error {
  override readonly name = 'DayFailure';
}

/** The program in `dist`, whether this file runs from there or from its source. */
const program = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../../dist/apps/platform/src/simulate/day-program.js', import.meta.url)
    : new URL('./day-program.js', import.meta.url),
);

/**
 * Runs tasks one after the other in a process of its own: only a process has a priority on every system, and when one runs out of memory the platform lives on. Rejects with a DayFailure when a
 * day cannot be run, and with another error when the process ended or was ended by the signal.
 */
export const runDays = (
  tasks: readonly ReplicationTask[],
  {
    signal,
    onProgress,
    onDay,
  }: Required<Pick<RunOptions, 'signal' | 'onProgress'>> & { onDay: (day: PolicyDay) => void },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
    const end = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    let settle = (): void => reject(new Error('The process of the day ended.'));
    child.on('message', (answer: DayAnswer) => {
      if ('ratio' in answer) onProgress(answer.ratio);
      else if ('day' in answer) onDay(answer.day);
      else if ('failure' in answer) settle = () => reject(new DayFailure(answer.failure));
      else settle = resolve;
    });
    child.once('error', reject);
    child.once('close', () => {
      signal.removeEventListener('abort', end);
      settle();
    });
    if (signal.aborted) end();
    else child.send(tasks);
  });
