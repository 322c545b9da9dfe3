import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, findBarrier } from './account.js';

export const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const;

/** Whether the account can enter the folder and execute the programs in it. */
export const mayRun = (account: Account, bin: string): boolean =>
  existsSync(bin) &&
  findBarrier(account, bin) === undefined &&
  PROGRAMS.every((program) => {
    const path = join(bin, program);
    if (!existsSync(path)) return false;
    const { mode, uid, gid } = statSync(path);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    return ((mode >> shift) & 0o5) === 0o5;
  });

/** `chmod -R go+rX`: a clone made under a strict umask is closed to everyone else. */
const openToAll = async (path: string): Promise<void> => {
  const { mode } = await stat(path);
  await chmod(path, (mode & 0o7777) | ((mode & 0o100) === 0 ? 0o044 : 0o055));
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await openToAll(inner);
    else if (entry.isFile()) {
      const file = await stat(inner);
      await chmod(inner, (file.mode & 0o7777) | ((file.mode & 0o100) === 0 ? 0o044 : 0o055));
    }
  }
};

/**
 * Copies `root/native` to `target/native`, open to everyone, unless a copy is there that the account can run. `complete`
 * is handed the copy before it gets its name: one that was cut off has another.
 */
export const copyOut = async (
  root: string,
  target: string,
  account: Account,
  complete: (draft: string) => Promise<void>,
): Promise<void> => {
  const bin = join(target, 'native', 'bin');
  if (mayRun(account, bin)) return;
  const draft = `${target}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(draft);
    await cp(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await complete(draft);
    await openToAll(draft);
    if (!mayRun(account, bin)) await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start was faster.
    if (!mayRun(account, bin)) throw error;
  }
};
