import { mkdirSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadProgress, type Progress, saveProgress } from './progress.js';
import { type BufferRecord, parseRecord } from './record.js';
import { ActiveSegment, firstSeqOf, readLines, type Segment, segmentPath } from './segment.js';

export interface BufferOptions {
  readonly directory: string;
  /** First seq of a buffer that is made new: above every seq of an earlier one, so wall time in epoch ms. */
  readonly firstSeq: number;
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
}

const MAX_BYTES = 256 * 1_048_576;
const SEGMENT_BYTES = 1_048_576;

/**
 * Messages on the disk until the platform has them: append-only segments of JSON lines. It survives a kill at any point.
 * Seqs are consecutive. The newest line is always kept, for what it says about how to go on. When the buffer is full the oldest
 * segment is given up and counted. Blocking on purpose: a message is on the disk before it is published.
 */
export class DiskBuffer {
  readonly #options: Required<BufferOptions>;
  readonly #older: Segment[];
  #active: ActiveSegment;
  #progress: Progress;
  #last: BufferRecord | undefined;
  #next: number;
  #cache: { readonly segment: Segment; readonly lines: readonly string[] } | undefined;

  constructor(options: BufferOptions) {
    this.#options = { maxBytes: MAX_BYTES, segmentBytes: SEGMENT_BYTES, ...options };
    const { directory } = options;
    mkdirSync(directory, { recursive: true });
    const saved = loadProgress(directory);
    this.#older = readdirSync(directory)
      .flatMap((name) => firstSeqOf(name) ?? [])
      .sort((a, b) => a - b)
      .map((firstSeq) => {
        const path = segmentPath(directory, firstSeq);
        return { path, firstSeq, bytes: statSync(path).size };
      });
    this.#active = this.#openNewest(Math.max(options.firstSeq, (saved?.forgotten ?? -1) + 1));
    this.#last = parseRecord(this.#active.lines.at(-1) ?? '');
    this.#next = this.#active.segment.firstSeq + this.#active.lines.length;
    const before = this.#firstSegment.firstSeq - 1;
    const fits = saved && saved.forgotten >= before && saved.forgotten < this.#next;
    this.#progress = fits
      ? saved
      : { forgotten: before, forgotten_total: this.#totalBefore(), dropped: saved?.dropped ?? 0 };
    this.#save(this.#progress);
  }

  /** Seq of the message that comes next. */
  get next(): number {
    return this.#next;
  }

  /** Lowest seq that is still held. */
  get oldest(): number {
    return this.#progress.forgotten + 1;
  }

  /** The newest line; undefined in a new buffer. */
  get last(): BufferRecord | undefined {
    return this.#last;
  }

  /** Readings written since the buffer was made, each once. */
  get published(): number {
    return this.#last?.total ?? 0;
  }

  /** Readings that the platform does not have yet. */
  get buffered(): number {
    return Math.max(0, this.published - this.#progress.forgotten_total);
  }

  /** Readings given up. */
  get dropped(): number {
    return this.#progress.dropped;
  }

  /** Writes the next message to the disk and gives its seq. Throws when the disk does not take it; nothing has changed then. */
  append(message: Omit<BufferRecord, 'seq' | 'total'>): number {
    const record = { ...message, seq: this.#next, total: this.published + message.readings.length };
    const line = JSON.stringify(record);
    if (this.#active.lines.length > 0 && this.#active.segment.bytes + line.length > this.#options.segmentBytes) {
      this.#rotate();
    }
    this.#active.append(line);
    this.#last = record;
    this.#next++;
    this.#keepWithinBound();
    return record.seq;
  }

  /** The message of a seq that is held; undefined when it is not, or its line is damaged. */
  read(seq: number): BufferRecord | undefined {
    if (seq < this.oldest || seq >= this.#next) return undefined;
    const segment = this.#segments.findLast(({ firstSeq }) => firstSeq <= seq);
    if (!segment) return undefined;
    const record = parseRecord(this.#linesOf(segment)[seq - segment.firstSeq] ?? '');
    return record?.seq === seq ? record : undefined;
  }

  /** The platform has everything up to `seq`: whole segments below it are deleted. A seq beyond the newest, or already forgotten, changes nothing. */
  forget(seq: number): boolean {
    if (seq < this.oldest || seq >= this.#next) return false;
    const total = this.read(seq)?.total ?? this.#progress.forgotten_total;
    this.#save({ ...this.#progress, forgotten: seq, forgotten_total: total });
    return true;
  }

  /** Gives up the oldest message, which cannot be read any more. */
  giveUpOldest(): void {
    const following = this.read(this.oldest + 1);
    const total = following ? following.total - following.readings.length : this.#progress.forgotten_total;
    this.#giveUp(this.oldest, total);
  }

  close(): void {
    this.#active.close();
  }

  get #segments(): readonly Segment[] {
    return [...this.#older, this.#active.segment];
  }

  get #firstSegment(): Segment {
    return this.#older[0] ?? this.#active.segment;
  }

  /** The newest segment with a whole line in it; what a kill left empty is removed. */
  #openNewest(firstSeq: number): ActiveSegment {
    for (let newest = this.#older.pop(); newest; newest = this.#older.pop()) {
      const active = new ActiveSegment(newest);
      if (active.lines.length > 0) return active;
      active.remove();
    }
    return this.#create(firstSeq);
  }

  #create(firstSeq: number): ActiveSegment {
    return new ActiveSegment({ path: segmentPath(this.#options.directory, firstSeq), firstSeq, bytes: 0 });
  }

  #rotate(): void {
    const full = this.#active;
    this.#active = this.#create(this.#next);
    full.close();
    this.#older.push(full.segment);
  }

  #linesOf(segment: Segment): readonly string[] {
    if (segment === this.#active.segment) return this.#active.lines;
    if (this.#cache?.segment !== segment) this.#cache = { segment, lines: readLines(segment) };
    return this.#cache.lines;
  }

  #totalBefore(): number {
    const first = parseRecord(this.#linesOf(this.#firstSegment)[0] ?? '');
    return first ? first.total - first.readings.length : this.published;
  }

  #keepWithinBound(): void {
    const bytes = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    const [oldest, second] = this.#segments;
    if (bytes <= this.#options.maxBytes || !oldest || !second) return;
    const lastSeq = second.firstSeq - 1;
    const total = this.read(lastSeq)?.total ?? this.#progress.forgotten_total;
    this.#giveUp(lastSeq, total);
  }

  #giveUp(seq: number, total: number): void {
    const dropped = this.#progress.dropped + Math.max(0, total - this.#progress.forgotten_total);
    this.#save({ forgotten: seq, forgotten_total: total, dropped });
  }

  #save(progress: Progress): void {
    this.#progress = progress;
    saveProgress(this.#options.directory, progress);
    for (let first = this.#older[0]; first; first = this.#older[0]) {
      if ((this.#segments[1]?.firstSeq ?? 0) - 1 > progress.forgotten) break;
      unlinkSync(first.path);
      this.#older.shift();
    }
  }
}

/** The folder of one gateway's buffer under the gateway's home. */
export const bufferDirectory = (home: string, venue: string, gateway: string): string =>
  join(home, 'buffer', `${venue}.${gateway}`);
