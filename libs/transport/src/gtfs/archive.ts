import { unzipSync } from 'fflate';
import { type Fault, fail, ok, type Result } from '#libs/kernel';

const MEGABYTE = 1_048_576;

export interface ArchiveLimits {
  /** Bytes of all wanted files together once unpacked: what a zip bomb is stopped by. */
  readonly maxUnpackedBytes: number;
}

export const defaultLimits: ArchiveLimits = { maxUnpackedBytes: 256 * MEGABYTE };

/** The wanted files of a zip, by name. Files with other names are not unpacked. */
export const unpack = (
  zip: Uint8Array,
  wanted: ReadonlySet<string>,
  limits: ArchiveLimits,
): Result<ReadonlyMap<string, Uint8Array>, Fault> => {
  let unpackedBytes = 0;
  try {
    const files = unzipSync(zip, {
      filter: (file) => {
        if (!wanted.has(file.name)) return false;
        // fflate allocates exactly the declared size, so the declared sizes bound the memory.
        unpackedBytes += file.originalSize;
        return unpackedBytes <= limits.maxUnpackedBytes;
      },
    });
    if (unpackedBytes > limits.maxUnpackedBytes) return fail(tooLarge(unpackedBytes, limits));
    return ok(new Map(Object.entries(files)));
  } catch (error) {
    const message = `The feed must be a zip file: ${error instanceof Error ? error.message : String(error)}.`;
    return fail({ file: '', path: '', rule: 'zip', message });
  }
};

const tooLarge = (bytes: number, limits: ArchiveLimits): Fault => ({
  file: '',
  path: '',
  value: String(bytes),
  rule: 'unpacked_size',
  message: `The feed unpacks to more than ${limits.maxUnpackedBytes} bytes. Perhaps it holds what is not needed here.`,
});
