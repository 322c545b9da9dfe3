import { mkdirSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isFull, loadProgress, type Progress, saveProgress } from './progress.js';
import { type BufferMessage, type BufferRecord, formatRecord, parseRecord } from './record.js';
import {
  ActiveSegment,
  type Disk,
  firstSeqOf,
  type Lines,
  readLines,
  type Segment,
  segmentPath,
  systemDisk,
} from './segment.js';

export interface BufferOptions {
  readonly directory: string;
  /** First seq of a buffer that is made new: above every seq of an earlier one, so wall time in epoch ms. */
  readonly firstSeq: number;
  /** Bytes of all segments; one segment at least. */
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
  readonly disk?: Disk;
}

/** What the newest line says, its readings left out. `seq` is the disk's. */
type Newest = Omit<BufferRecord, 'readings'>;

const MAX_BYTES = 256 * 1_048_576;
const SEGMENT_BYTES = 1_048_576;
/** So that giving one up gives up little. */
const SEGMENTS = 8;

/**
 * Messages on the disk until the platform has them: append-only segments of JSON lines. It survives a kill at any point.
 * Seqs are consecutive. The newest line is always kept, for what it says about how to go on. When the buffer is full the oldest
 * segment is given up and counted. Blocking on purpose: a message is on the disk before it is published.
 *
 * Outside, seqs are those on the wire: the disk's and a shift, so that all that is held can be numbered anew at once.
 * In memory are the lines of the newest segment and of the one that was read last.
 */
export class DiskBuffer {
  readonly #options: Required<BufferOptions>;
  readonly #older: Segment[];
  #active: ActiveSegment;
  #progress: Progress;
  #last: Newest | undefined;
  #next: number;
  #total: number;
  #bytes: number;
  #cache: { readonly segment: Segment; readonly lines: Lines } | undefined;

  constructor(options: BufferOptions) {
    const maxBytes = options.maxBytes ?? MAX_BYTES;
    const segmentBytes = Math.min(SEGMENT_BYTES, Math.floor(maxBytes / SEGMENTS));
    this.#options = { segmentBytes, disk: systemDisk, ...options, maxBytes };
    const { directory } = options;
    mkdirSync(directory, { recursive: true });
    const saved = loadProgress(directory);
    const shift = saved?.shift ?? 0;
    this.#older = readdirSync(directory)
      .flatMap((name) => firstSeqOf(name) ?? [])
      .sort((a, b) => a - b)
      .map((firstSeq) => {
        const path = segmentPath(directory, firstSeq);
        return { path, firstSeq, bytes: statSync(path).size };
      });
    const { active, damaged } = this.#openNewest(Math.max(options.firstSeq - shift, (saved?.forgotten ?? -1) + 1));
    this.#active = active;
    this.#last = parseRecord([...active.lines.values()].at(-1) ?? '');
    this.#next = (this.#last?.seq ?? active.segment.firstSeq - 1) + 1;
    this.#total = this.#last?.total ?? saved?.forgotten_total ?? 0;
    this.#bytes = this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
    const before = this.#firstSegment.firstSeq - 1;
    const fits = saved !== undefined && saved.forgotten >= before && saved.forgotten < this.#next;
    this.#progress = {
      forgotten: fits ? saved.forgotten : before,
      forgotten_total: fits ? saved.forgotten_total : this.#totalBefore(before + 1),
      dropped: saved?.dropped ?? 0,
      shift,
      // Seqs that were used before and are lost are used again.
      confirmed: saved?.confirmed === true && !damaged && this.#last !== undefined,
    };
    this.#save(this.#progress);
  }

  /** Seq of the message that comes next. */
  get next(): number {
    return this.#next + this.#progress.shift;
  }

  /** Lowest seq that is still held. */
  get oldest(): number {
    return this.#progress.forgotten + 1 + this.#progress.shift;
  }

  /** Whether receipts are known to be for what this buffer sent. A new one may have had a forerunner with higher seqs. */
  get confirmed(): boolean {
    return this.#progress.confirmed;
  }

  /** The newest line; undefined in a new buffer. */
  get last(): Newest | undefined {
    return this.#last;
  }

  /** Readings written since the buffer was made, each once. */
  get published(): number {
    return this.#total;
  }

  /** Readings that the platform does not have yet. */
  get buffered(): number {
    return Math.max(0, this.published - this.#progress.forgotten_total);
  }

  /** Readings given up. */
  get dropped(): number {
    return this.#progress.dropped;
  }

  /** Share of the bound that is used. */
  get filled(): number {
    return this.#bytes / this.#options.maxBytes;
  }

  /** What the newest segment holds, in its order; for what a restart goes on from. */
  listNewest(): readonly BufferRecord[] {
    return [...this.#active.lines.values()].flatMap((line) => parseRecord(line) ?? []);
  }

  /** Writes the next message to the disk and gives its seq. Throws when the disk does not take it; nothing that is held has changed then. */
  append(message: BufferMessage): number {
    const seq = this.#next;
    const total = this.published + message.readings.length;
    const line = formatRecord(seq, total, message);
    const bytes = Buffer.byteLength(line) + 1;
    this.#keepWithin(this.#options.maxBytes - bytes);
    if (this.#active.lines.size > 0 && this.#active.segment.bytes + bytes > this.#options.segmentBytes) this.#rotate();
    this.#write(seq, line);
    this.#bytes += bytes;
    const { readings, ...rest } = message;
    this.#last = { ...rest, total, seq, count: readings.length };
    this.#total = total;
    this.#next++;
    return seq + this.#progress.shift;
  }

  /** A disk that only this buffer fills has room again when all in its last segment is receipted, but only without that segment. */
  #write(seq: number, line: string): void {
    try {
      this.#active.append(seq, line);
    } catch (error) {
      if (!isFull(error) || this.#progress.forgotten < this.#next - 1) throw error;
      if (this.#active.lines.size > 0) this.#rotate();
      if (!this.#deleteForgotten(true)) throw error;
      this.#active.append(seq, line);
    }
  }

  /** The message of a seq that is held; undefined when it is not, or its line is damaged. */
  read(seq: number): BufferRecord | undefined {
    const record = this.#read(seq - this.#progress.shift);
    return record && { ...record, seq };
  }

  /** The platform has everything up to `seq`: whole segments below it are deleted. A seq beyond the newest, or already forgotten, changes nothing. */
  forget(seq: number): boolean {
    if (seq < this.oldest || seq >= this.next) return false;
    const forgotten = seq - this.#progress.shift;
    const total = this.#read(forgotten)?.total ?? this.#totalBefore(forgotten + 1);
    this.#save({ ...this.#progress, forgotten, forgotten_total: total, confirmed: true });
    return true;
  }

  /** So many readings that were given up are with the platform after all. */
  takeBack(readings: number): void {
    this.#save({ ...this.#progress, dropped: Math.max(0, this.#progress.dropped - readings) });
  }

  /** Gives up the messages from the oldest to the first that can be read: their lines are damaged. */
  giveUpUnreadable(): void {
    const first = this.#firstReadable(this.#progress.forgotten + 1);
    this.#giveUpBelow(first?.seq ?? this.#next);
  }

  /** Numbers what is held anew, from `oldest` on: for seqs that the platform holds to be stored already, or refuses. */
  renumber(oldest: number): void {
    this.#save({ ...this.#progress, shift: oldest - this.#progress.forgotten - 1, confirmed: true });
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
  #openNewest(firstSeq: number): { readonly active: ActiveSegment; readonly damaged: boolean } {
    let damaged = false;
    for (let newest = this.#older.pop(); newest; newest = this.#older.pop()) {
      const active = new ActiveSegment(newest, this.#options.disk);
      damaged ||= active.damaged;
      if (active.lines.size > 0) return { active, damaged };
      active.remove();
    }
    return { active: this.#create(firstSeq), damaged };
  }

  #create(firstSeq: number): ActiveSegment {
    const { directory, disk } = this.#options;
    return new ActiveSegment({ path: segmentPath(directory, firstSeq), firstSeq, bytes: 0 }, disk);
  }

  #rotate(): void {
    const full = this.#active;
    this.#active = this.#create(this.#next);
    full.close();
    this.#older.push(full.segment);
  }

  #read(seq: number): BufferRecord | undefined {
    if (seq <= this.#progress.forgotten || seq >= this.#next) return undefined;
    const segment = this.#segmentOf(seq);
    const record = segment && parseRecord(this.#linesOf(segment).get(seq) ?? '');
    return record?.seq === seq ? record : undefined;
  }

  #segmentOf(seq: number): Segment | undefined {
    if (seq >= this.#active.segment.firstSeq) return this.#active.segment;
    return this.#older.findLast(({ firstSeq }) => firstSeq <= seq);
  }

  #linesOf(segment: Segment): Lines {
    if (segment === this.#active.segment) return this.#active.lines;
    if (this.#cache?.segment !== segment) this.#cache = { segment, lines: readLines(segment) };
    return this.#cache.lines;
  }

  #firstReadable(from: number): BufferRecord | undefined {
    const first = this.#segmentOf(from)?.firstSeq ?? -Infinity;
    for (const segment of this.#segments) {
      if (segment.firstSeq < first) continue;
      for (const [seq, line] of this.#linesOf(segment)) {
        const record = seq < from ? undefined : parseRecord(line);
        if (record) return record;
      }
    }
    return undefined;
  }

  /** Readings in all messages below `seq`. */
  #totalBefore(seq: number): number {
    const first = this.#firstReadable(seq);
    return first ? first.total - first.count : this.published;
  }

  #keepWithin(bytes: number): void {
    while (this.#bytes > bytes && this.#older.length > 0) {
      this.#giveUpBelow((this.#older[1] ?? this.#active.segment).firstSeq);
    }
  }

  #giveUpBelow(seq: number): void {
    const total = Math.max(this.#totalBefore(seq), this.#progress.forgotten_total);
    const dropped = this.#progress.dropped + total - this.#progress.forgotten_total;
    const forgotten = Math.max(seq - 1, this.#progress.forgotten);
    this.#save({ ...this.#progress, forgotten, forgotten_total: total, dropped });
  }

  /** A disk without room keeps an older state, which is safe; what deleting frees is used to try again. */
  #save(progress: Progress): void {
    this.#progress = progress;
    const { directory } = this.#options;
    const saved = saveProgress(directory, progress);
    if (this.#deleteForgotten() && !saved) saveProgress(directory, progress);
  }

  #deleteForgotten(withNewestLine = false): boolean {
    let deleted = false;
    for (let first = this.#older[0]; first; first = this.#older[0]) {
      const following = this.#older[1] ?? this.#active.segment;
      const newestLine = following === this.#active.segment && this.#active.lines.size === 0;
      if ((newestLine && !withNewestLine) || following.firstSeq - 1 > this.#progress.forgotten) break;
      unlinkSync(first.path);
      this.#bytes -= first.bytes;
      this.#older.shift();
      deleted = true;
    }
    return deleted;
  }
}

/** The folder of one gateway's buffer under the gateway's home. */
export const bufferDirectory = (home: string, venue: string, gateway: string): string =>
  join(home, 'buffer', `${venue}.${gateway}`);
