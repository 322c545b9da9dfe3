import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '#libs/kernel';

const WAIT_MS = 10_000;

const isAlive = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  // After a reboot the number may be another program's; where the system tells, look.
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('gateway');
  } catch {
    return true;
  }
};

const claimOnce = (path: string): number | undefined => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const owner = Number(readFileSync(path, 'utf8'));
  if (isAlive(owner)) return owner;
  rmSync(path, { force: true });
  return claimOnce(path);
};

/**
 * Makes this process the only gateway of a home; two would write one buffer. One that is just ending is waited for, ten seconds at most.
 * Gives the function that lets go. Throws when the home cannot be written or stays taken.
 */
export const claimHome = async (home: string): Promise<() => void> => {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'gateway.pid');
  const until = performance.now() + WAIT_MS;
  for (let owner = claimOnce(path); owner !== undefined; owner = claimOnce(path)) {
    if (performance.now() > until) {
      throw new Error(`another gateway (process ${owner}) works in it; end that one or give another --home`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return () => rmSync(path, { force: true });
};
