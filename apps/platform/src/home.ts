import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { errorCode, errorMessage } from '#libs/kernel';

import { StartError } from './probes.js';

const CLAIM = 'platform.pid';
const TRIES = 5;

/** When a process was started, as the system tells it (Linux; empty elsewhere): tells a reused process id from the process that wrote it. */
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

/** Folder by folder: Node's own recursive mkdir never returns below /proc. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
};

/** The process that holds the claim, if it still runs. */
const findOwner = (claim: string): string | undefined => {
  const [pid = '', started = ''] = readFileSync(claim, 'utf8').trim().split(' ');
  return Number(pid) > 0 && Number(pid) !== process.pid && runs(Number(pid), started) ? pid : undefined;
};

/** Puts away a claim whose process is gone; only one of several that try gets it. */
const breakStale = (claim: string): void => {
  const aside = `${claim}.${process.pid}`;
  renameSync(claim, aside);
  rmSync(aside, { force: true });
};

const takeClaim = (home: string, claim: string): void => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      writeFileSync(claim, `${process.pid} ${startOf(process.pid)}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    try {
      const owner = findOwner(claim);
      if (owner !== undefined)
        throw new StartError(
          `The home folder ${home} is in use by process ${owner}. Stop it, or choose another with --home <dir>.`,
        );
      breakStale(claim);
    } catch (error) {
      // Somebody else was faster: look again.
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
};

/**
 * Makes the home folder, checks that it can be written, and claims it for this process.
 * Throws a StartError when it cannot be written or another Venueflow runs in it. A claim left by `kill -9` is taken over.
 * @returns a function that gives the claim back
 */
export const claimHome = (home: string): (() => void) => {
  const claim = join(home, CLAIM);
  try {
    makeFolder(home);
    accessSync(home, constants.W_OK | constants.X_OK);
    takeClaim(home, claim);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The home folder ${home} cannot be written (${errorCode(error) ?? errorMessage(error)}). Choose another with --home <dir>.`,
    );
  }
  return () => rmSync(claim, { force: true });
};
