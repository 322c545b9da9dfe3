/** Longest line that is taken, in bytes. */
export const MAX_LINE_BYTES = 65_536;

const NEWLINE = 0x0a;

/** A line of a stream; `bytes` is undefined for one that was too long. Lines count from 1. */
export interface Line {
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
}

/** Cuts a stream of bytes into lines. Of a line that is not ended yet it holds 64 KiB at most. */
export class LineSplitter {
  #number = 0;
  #parts: Uint8Array[] = [];
  #length = 0;

  /** The lines that a chunk ends. */
  push(chunk: Uint8Array): readonly Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#hold(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#hold(chunk.subarray(start));
    return lines;
  }

  /** What stands after the last newline when the stream ends. */
  end(): readonly Line[] {
    return this.#length > 0 ? [this.#take()] : [];
  }

  #hold(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > MAX_LINE_BYTES) this.#parts = [];
    // Chunks are the stream's own memory, which it may use again.
    else if (part.length > 0) this.#parts.push(part.slice());
  }

  #take(): Line {
    const bytes = this.#length > MAX_LINE_BYTES ? undefined : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    this.#number++;
    return { number: this.#number, bytes };
  }
}
