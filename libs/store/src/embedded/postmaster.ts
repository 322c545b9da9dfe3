import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const commandOf = (pid: number): readonly string[] => {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .split(' ');
  }
  // Not /proc/<pid>/cwd: in a container root may not read that of another user.
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
};

/** Whether the process is a postgres that was started with `-D <data>`. */
const isPostgresOf = (pid: number, data: string): boolean => {
  try {
    const [program = '', ...args] = commandOf(pid);
    return basename(program) === 'postgres' && args.includes(data);
  } catch {
    return false;
  }
};

/**
 * What `postmaster.pid` in a data folder means. `ours`: a live postgres on this folder. `stale`: its process is gone,
 * which postgres checks and clears by itself. `foreign`: the number now belongs to another program.
 */
export const inspectPidFile = (data: string): 'none' | 'ours' | 'stale' | 'foreign' => {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return 'none';
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return 'foreign';
  if (!isAlive(pid)) return 'stale';
  return isPostgresOf(pid, data) ? 'ours' : 'foreign';
};

export const removePidFile = (data: string): void => rmSync(join(data, 'postmaster.pid'), { force: true });
