import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecord } from './record.js';

const NAME = /^(\d+)\.jsonl$/;

/** A file of the buffer: JSON lines of consecutive seqs from `firstSeq`, which is its name. */
export interface Segment {
  readonly path: string;
  readonly firstSeq: number;
  bytes: number;
}

export const segmentPath = (directory: string, firstSeq: number): string => join(directory, `${firstSeq}.jsonl`);

/** The first seq of a segment by its file's name; undefined for other files. */
export const firstSeqOf = (fileName: string): number | undefined => {
  const match = NAME.exec(fileName);
  return match ? Number(match[1]) : undefined;
};

export const readLines = (segment: Segment): string[] => readFileSync(segment.path, 'utf8').split('\n').slice(0, -1);

/** The segment that is written to. A write is on the disk before it returns, whole or not at all. */
export class ActiveSegment {
  readonly lines: string[];
  readonly #file: number;

  /** Opens or makes the file; lines at its end that a kill tore off are cut away. */
  constructor(readonly segment: Segment) {
    this.#file = openSync(segment.path, 'a+');
    this.lines = readLines(segment);
    while (this.lines.length > 0 && !parseRecord(this.lines.at(-1) ?? '')) this.lines.pop();
    this.segment.bytes = this.lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    ftruncateSync(this.#file, this.segment.bytes);
  }

  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#file, bytes, written);
      fdatasyncSync(this.#file);
    } catch (error) {
      // A disk that is full must not leave half a line in front of the next one.
      ftruncateSync(this.#file, this.segment.bytes);
      throw error;
    }
    this.segment.bytes += bytes.length;
    this.lines.push(line);
  }

  close(): void {
    closeSync(this.#file);
  }

  remove(): void {
    this.close();
    unlinkSync(this.segment.path);
  }
}
