import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.js';
import { EmbeddedPostgresError, reasonIn } from './errors.js';
import { run } from './run.js';

/** Superuser and owner of everything in the embedded database. */
export const USER = 'venueflow';

/** Gives a path to the account, when there is one. */
export const give = async (path: string, account: Account | undefined): Promise<void> => {
  if (account) await chown(path, account.uid, account.gid);
};

/** The password, kept in the folder for its owner only; made before the data, so that data never lacks it. */
export const readPassword = (directory: string, hasData: boolean): string => {
  const file = join(directory, 'password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (hasData) {
    throw new EmbeddedPostgresError(
      `The database in ${directory} has lost its password file ${file}. Restore it, or move the folder away to begin anew.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
};

/** Runs initdb beside the final place, so that a start that is cut off leaves no half-made data. */
export const createCluster = async (
  bin: string,
  place: string,
  password: string,
  account: Account | undefined,
): Promise<void> => {
  const draft = join(place, 'data.new');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await give(draft, account);
  const passwordFile = join(place, 'password.new');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  await give(passwordFile, account);
  const { code, output } = await run(
    join(bin, 'initdb'),
    ['-D', draft, '-U', USER, '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
    account,
  ).finally(() => rm(passwordFile, { force: true }));
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new EmbeddedPostgresError(
      `initdb could not make a database in ${place}: ${reasonIn(output)}. Perhaps the disk is full; or set DATABASE_URL to a server of your own.`,
    );
  }
  await rename(draft, join(place, 'data'));
};
