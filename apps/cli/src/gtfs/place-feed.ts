import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { inspectPack } from '#libs/games';
import { errorCode, type Fault, fail, ok, type Result } from '#libs/kernel';
import { checkNetwork } from '#libs/transport';

export interface PlacedFeed {
  readonly path: string;
  /** The feed that was there before; null where there was none. */
  readonly previous: string | null;
}

/** Writes a whole file or nothing. */
const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.new`;
  await writeFile(half, bytes);
  await rename(half, path);
};

/** Writes a feed to the home folder. */
export const placeAtHome = async (path: string, bytes: Uint8Array): Promise<PlacedFeed> => {
  await writeWhole(path, bytes);
  return { path, previous: null };
};

/** Puts a feed in the place of a pack's own, when the pack's network is there in it too. */
export const placeInPack = async (
  directory: string,
  bytes: Uint8Array,
): Promise<Result<PlacedFeed, readonly Fault[]>> => {
  const { parts, faults } = await inspectPack(directory);
  const { games, venues, transport, roads } = parts;
  if (!games || !venues || !transport) return fail(faults);
  const network = checkNetwork({ games, venues, transport, gtfs: bytes, ...(roads && { roads }) });
  if (network.length > 0) return fail(network);
  const path = resolve(directory, transport.gtfs);
  if (relative(resolve(directory), path).startsWith('..')) {
    const message = 'gtfs must name a file of the pack.';
    return fail([{ file: 'transport.yaml', path: 'gtfs', value: transport.gtfs, rule: 'outside', message }]);
  }
  const previous = join(dirname(path), `${basename(path, '.zip')}.previous.zip`);
  const kept = await copyFile(path, previous).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
  await writeWhole(path, bytes);
  return ok({ path, previous: kept ? previous : null });
};
