import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorCode, errorMessage } from '#libs/kernel';

import { StartError } from './probes.js';

/** When a process was started, as the system tells it (Linux); tells a reused process id from the process that wrote it. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const runs = (pid: number, started: string): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  return startOf(pid) === started;
};

const notWritable = (home: string, error: unknown): StartError =>
  new StartError(
    `The home folder ${home} cannot be written (${errorCode(error) ?? errorMessage(error)}). Choose another with --home <dir>.`,
  );

/**
 * Makes the home folder, checks that it can be written, and claims it for this process.
 * Throws a StartError when it cannot be written or another Venueflow runs in it. A claim left by `kill -9` is taken over.
 * @returns a function that gives the claim back
 */
export const claimHome = (home: string): (() => void) => {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(home, error);
  }
  const claim = join(home, 'platform.pid');
  if (existsSync(claim)) {
    const [pid, started] = readFileSync(claim, 'utf8').trim().split(' ');
    if (Number(pid) > 0 && Number(pid) !== process.pid && runs(Number(pid), started ?? ''))
      throw new StartError(
        `The home folder ${home} is in use by process ${pid ?? ''}. Stop it, or choose another with --home <dir>.`,
      );
  }
  try {
    writeFileSync(claim, `${process.pid} ${startOf(process.pid)}\n`);
  } catch (error) {
    throw notWritable(home, error);
  }
  return () => rmSync(claim, { force: true });
};
