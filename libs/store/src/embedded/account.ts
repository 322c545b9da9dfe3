import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user that PostgreSQL runs as when we are root, which it refuses to be. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** `postgres` where there is one, else `nobody`. initdb asks for an entry in the passwd file, so a bare number would not do. */
export const chooseAccount = (passwd: string): Account | undefined => {
  const accounts = new Map(
    passwd.split('\n').map((line) => {
      const [name = '', , uid, gid] = line.split(':');
      return [name, { name, uid: Number(uid), gid: Number(gid) }];
    }),
  );
  return accounts.get('postgres') ?? accounts.get('nobody');
};

/** Undefined when PostgreSQL can run as ourselves. */
export const accountHere = (): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const account = chooseAccount(readFileSync('/etc/passwd', 'utf8'));
  if (!account) throw new Error('PostgreSQL refuses to run as root, and /etc/passwd has no user postgres or nobody.');
  return account;
};

interface Permissions {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Whether the account may pass through a folder. */
export const mayEnter = (account: Account, folder: Permissions): boolean => {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
};

/** The folder nearest to the root that the account cannot enter, among `path` and those above it. */
export const findBarrier = (account: Account, path: string): string | undefined => {
  const above = dirname(path) === path ? undefined : findBarrier(account, dirname(path));
  return above ?? (mayEnter(account, statSync(path)) ? undefined : path);
};
