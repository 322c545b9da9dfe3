import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode } from '#libs/kernel';
import { parseRecord, seqOf } from './record.js';

const NAME = /^(\d{1,16})\.jsonl$/;
const NEWLINE = 0x0a;

/** A file of the buffer: JSON lines of consecutive seqs from `firstSeq`, which is its name. */
export interface Segment {
  readonly path: string;
  readonly firstSeq: number;
  bytes: number;
}

/** Lines by the seq that each says it has. */
export type Lines = ReadonlyMap<number, string>;

/** What a segment needs of the file system to be written to. Both throw as node:fs does. */
export interface Disk {
  /** Appends and gives how many bytes it took. */
  readonly write: (file: number, bytes: Uint8Array) => number;
  /** What was written is on the disk when it returns. */
  readonly sync: (file: number) => void;
}

export const systemDisk: Disk = { write: writeSync, sync: fdatasyncSync };

export const segmentPath = (directory: string, firstSeq: number): string => join(directory, `${firstSeq}.jsonl`);

/** The first seq of a segment by its file's name; undefined for other files. */
export const firstSeqOf = (fileName: string): number | undefined => {
  const match = NAME.exec(fileName);
  return match ? Number(match[1]) : undefined;
};

const linesIn = (text: string): Map<number, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const seq = line === '' ? undefined : seqOf(line);
      return seq === undefined ? [] : [[seq, line] as const];
    }),
  );

/** The lines of a segment that is not written to any more; none when the disk cannot read it. */
export const readLines = (segment: Segment): Lines => {
  try {
    return linesIn(readFileSync(segment.path, 'utf8'));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EIO' || code === 'ENOENT') return new Map();
    throw error;
  }
};

/** Where the last whole record ends, in bytes, and whether lines after it are cut off that were whole once. */
const findEnd = (bytes: Buffer): { readonly end: number; readonly damaged: boolean } => {
  const written = bytes.lastIndexOf(NEWLINE) + 1;
  let end = written;
  while (end > 0) {
    const start = end < 2 ? 0 : bytes.lastIndexOf(NEWLINE, end - 2) + 1;
    if (parseRecord(bytes.toString('utf8', start, end - 1))) break;
    end = start;
  }
  return { end, damaged: end < written };
};

/** A name that was just made in a folder is there after a power cut. */
const syncFolder = (path: string): void => {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** The segment that is written to. A write is on the disk before it returns, whole or not at all. */
export class ActiveSegment {
  /** What was found at the end was whole once, and is damaged. */
  readonly damaged: boolean;
  readonly #lines: Map<number, string>;
  readonly #file: number;

  /** Opens or makes the file; lines at its end that a kill tore off are cut away. */
  constructor(
    readonly segment: Segment,
    private readonly disk: Disk,
  ) {
    this.#file = openSync(segment.path, 'a+');
    const bytes = readFileSync(segment.path);
    const { end, damaged } = findEnd(bytes);
    this.damaged = damaged;
    this.#lines = linesIn(bytes.toString('utf8', 0, end));
    segment.bytes = end;
    ftruncateSync(this.#file, end);
    if (bytes.length === 0) syncFolder(segment.path);
  }

  get lines(): Lines {
    return this.#lines;
  }

  append(seq: number, line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      let written = 0;
      while (written < bytes.length) written += this.disk.write(this.#file, bytes.subarray(written));
      this.disk.sync(this.#file);
    } catch (error) {
      // A disk that is full must not leave half a line in front of the next one.
      ftruncateSync(this.#file, this.segment.bytes);
      throw error;
    }
    this.segment.bytes += bytes.length;
    this.#lines.set(seq, line);
  }

  close(): void {
    closeSync(this.#file);
  }

  remove(): void {
    this.close();
    unlinkSync(this.segment.path);
  }
}
