import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARIES = '/usr/lib';

const findLibrary = (): string => {
  const found = readdirSync(LIBRARIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(LIBRARIES, name, 'faketime'))
    .flatMap((folder) => {
      try {
        return readdirSync(folder).map((name) => join(folder, name));
      } catch {
        return [];
      }
    })
    .find((path) => path.endsWith('/libfaketime.so.1'));
  if (found === undefined)
    throw new Error('libfaketime is missing. Perhaps: apt-get update && apt-get install -y faketime');
  return found;
};

/** The wall clock of a program, which can jump. What counts elapsed time goes on as before, as on a real machine. */
export class ShiftedClock {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.jump(0);
  }

  /** For the program whose clock it is. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: findLibrary(),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_CACHE_DURATION: '1',
    };
  }

  /** So many seconds ahead of the truth, or behind it when negative; within a second. */
  jump(seconds: number): void {
    writeFileSync(this.#file, `${seconds < 0 ? '' : '+'}${Math.round(seconds)}\n`);
  }
}
