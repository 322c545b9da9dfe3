import { unzipSync } from 'fflate';
import { errorMessage, type Fault, fail, ok, type Result } from '#libs/kernel';

const MEGABYTE = 1_048_576;

export interface ArchiveLimits {
  /** Bytes of all files together once unpacked: what a zip bomb is stopped by, and what fits in memory. */
  readonly maxUnpackedBytes: number;
  readonly maxFiles: number;
}

export const defaultLimits: ArchiveLimits = { maxUnpackedBytes: 256 * MEGABYTE, maxFiles: 1000 };

/** The files of a feed, wherever they lay. */
export interface FeedFiles {
  /** By name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Names of files in sub folders, which GTFS does not allow. */
  readonly nested: readonly string[];
}

/** The files of a zip. What lies in sub folders is named and not unpacked. */
export const unpack = (zip: Uint8Array, limits: ArchiveLimits = defaultLimits): Result<FeedFiles, Fault> => {
  const nested: string[] = [];
  let unpackedBytes = 0;
  let count = 0;
  const exceeded = () => unpackedBytes > limits.maxUnpackedBytes || count > limits.maxFiles;
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        count += 1;
        if (exceeded() || name.endsWith('/')) return false;
        if (name.includes('/') || name.includes('\\')) {
          nested.push(name);
          return false;
        }
        // fflate allocates exactly the declared size, so the declared sizes bound the memory.
        unpackedBytes += originalSize;
        return !exceeded();
      },
    });
    const tooLarge = judgeSize({ bytes: unpackedBytes, count }, limits);
    return tooLarge ? fail(tooLarge) : ok({ files: new Map(Object.entries(files)), nested });
  } catch (error) {
    return fail({
      file: '',
      path: '',
      rule: 'zip',
      message: `The feed must be a whole zip file: ${errorMessage(error)}.`,
    });
  }
};

/** What is wrong with the size of a feed. */
export const judgeSize = (
  size: { readonly bytes: number; readonly count: number },
  limits: ArchiveLimits = defaultLimits,
): Fault | undefined => {
  const fault = (rule: string, value: number, message: string): Fault => ({
    file: '',
    path: '',
    value: String(value),
    rule,
    message,
  });
  if (size.count > limits.maxFiles) {
    return fault('file_count', size.count, `The feed has more than ${limits.maxFiles} files. Perhaps it is no feed.`);
  }
  if (size.bytes > limits.maxUnpackedBytes) {
    const message = `The feed unpacks to more than ${limits.maxUnpackedBytes} bytes. Perhaps it holds what is not needed here: cut it to the event's region and days.`;
    return fault('unpacked_size', size.bytes, message);
  }
  return undefined;
};
