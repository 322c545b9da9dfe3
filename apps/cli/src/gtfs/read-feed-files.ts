import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { errorMessage, type Fault, fail, ok, type Result } from '#libs/kernel';
import { type ArchiveLimits, defaultLimits, type FeedFiles, judgeSize, unpack } from '#libs/transport';

/** The files of a feed in a zip or in a folder. Nothing is read that is larger than the limits. */
export const readFeedFiles = async (
  path: string,
  limits: ArchiveLimits = defaultLimits,
): Promise<Result<FeedFiles, Fault>> => {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return await readFolder(path, limits);
    const tooLarge = judgeSize({ bytes: found.size, count: 1 }, limits);
    if (tooLarge) return fail({ ...tooLarge, file: path });
    const files = unpack(await readFile(path), limits);
    return files.ok ? files : fail({ ...files.error, file: path });
  } catch (error) {
    const message = `The feed cannot be read: ${errorMessage(error)}. Give a GTFS zip, or a folder with its files.`;
    return fail({ file: path, path: '', rule: 'unreadable', message });
  }
};

const readFolder = async (folder: string, limits: ArchiveLimits): Promise<Result<FeedFiles, Fault>> => {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  const nested: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const inside = await readdir(join(folder, entry.name));
    nested.push(...inside.slice(0, limits.maxFiles).map((name) => `${entry.name}/${name}`));
  }
  let bytes = 0;
  for (const name of names) bytes += (await stat(join(folder, name))).size;
  const tooLarge = judgeSize({ bytes, count: names.length + nested.length }, limits);
  if (tooLarge) return fail({ ...tooLarge, file: folder });
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(name, await readFile(join(folder, name)));
  return ok({ files, nested });
};
