import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, findBarrier } from './account.js';
import { SYSTEM_FOLDER } from './binaries.js';
import { EmbeddedPostgresError, messageOf } from './errors.js';

/** Names where the database is, when it could not be in the folder itself. */
const POINTER = 'location';

const isOurs = (folder: string): boolean =>
  statSync(folder).uid === process.getuid?.() && folder !== '/' && folder !== homedir();

/** Lets the account's group pass through a folder of ours that is closed, without seeing what is in it. */
const openTo = async (account: Account, folder: string): Promise<void> => {
  await chown(folder, statSync(folder).uid, account.gid);
  await chmod(folder, (statSync(folder).mode & 0o7777) | 0o010);
};

/** The same for the same folder, so that the data is found again after the folder and its pointer were deleted. */
const placeOutside = (directory: string): string =>
  join(SYSTEM_FOLDER, `venueflow-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`);

const moveOut = async (directory: string, account: Account, barrier: string): Promise<string> => {
  const place = placeOutside(directory);
  await mkdir(place, { recursive: true }).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs as ${account.name}, who cannot enter ${barrier}, and its data cannot go to ${SYSTEM_FOLDER}: ${messageOf(error)}. Choose another --home, or set DATABASE_URL.`,
    );
  });
  await chmod(place, 0o755);
  writeFileSync(join(directory, POINTER), `${place}\n`);
  return place;
};

/**
 * The folder for data and log: `directory`, or where the account cannot reach that one, a folder under /var/lib that
 * `directory/location` names.
 */
export const findPlace = async (
  directory: string,
  account: Account | undefined,
  onProgress: (line: string) => void,
): Promise<string> => {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `The folder ${directory} cannot be made: ${messageOf(error)}. Choose a --home that can be written, or set DATABASE_URL.`,
    );
  });
  const real = realpathSync(directory);
  if (!account) return real;
  const pointer = join(real, POINTER);
  if (existsSync(pointer)) {
    const place = readFileSync(pointer, 'utf8').trim();
    if (existsSync(place)) {
      onProgress(`The database is in ${place}.`);
      return place;
    }
  }
  for (const folder of [dirname(real), real]) {
    if (findBarrier(account, real) === folder && isOurs(folder)) await openTo(account, folder);
  }
  const barrier = findBarrier(account, real);
  if (barrier === undefined) return real;
  const place = await moveOut(real, account, barrier);
  onProgress(
    `The database is in ${place}, because the user ${account.name} cannot enter ${barrier}. To begin anew, remove ${place}.`,
  );
  return place;
};
