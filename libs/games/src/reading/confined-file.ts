import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

import { fail, type Fault, ok, type Result, showValue } from '#libs/kernel';

/** A pack's file is read whole, so it has a bound. */
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/** Where a fault of a file is shown: the document that names it, or the file itself. */
export interface NamedAt {
  readonly file: string;
  readonly path: string;
}

const isInside = (directory: string, path: string): boolean => {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';

/** Reads one file of a pack. It must lie in the pack's folder, also behind its links, be a plain file, and not be larger than 64 MiB. */
export const readConfined = async (
  directory: string,
  name: string,
  namedAt: NamedAt,
): Promise<Result<Uint8Array, Fault>> => {
  const fault = (rule: string, message: string) => fail({ ...namedAt, value: showValue(name), rule, message });
  const outside = () =>
    fault('outside_pack', 'The path leaves the folder of the pack. Give a path inside it, relative to the folder.');
  const path = resolve(directory, name);
  if (name.includes('\0') || isAbsolute(name) || !isInside(directory, path)) return outside();
  try {
    if (!isInside(await realpath(directory), await realpath(path))) return outside();
    const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) return fault('not_a_file', `${name} is no plain file.`);
    if (size > LARGEST_FILE_BYTES) {
      return fault('too_large', `${name} has ${size} bytes; at most ${LARGEST_FILE_BYTES} are read.`);
    }
    return ok(await readFile(path));
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? fault('missing_file', `There is no file ${name} in the pack. Add it, or correct the name.`)
      : fault('unreadable_file', `${name} cannot be read (${code}). Perhaps its permissions are wrong.`);
  }
};
