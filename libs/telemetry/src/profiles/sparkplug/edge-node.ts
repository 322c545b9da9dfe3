import type { EpochMs } from '#libs/kernel';
import type { SparkplugMetric } from './payload.js';

/** Most metrics that are remembered of a node with its devices. */
export const MAX_NODE_METRICS = 10_000;
/** Most devices of a node. */
const MAX_DEVICES = 1_000;
/** Least time between two rebirth requests to a node. */
const REBIRTH_EVERY_MS = 5_000;

/** What a birth says of a metric. */
export interface MetricDefinition {
  readonly name: string;
  readonly datatype: number | undefined;
  readonly unit: string | undefined;
}

/** The metrics of a node itself, or of one of its devices. */
class Definitions {
  readonly byName = new Map<string, MetricDefinition>();
  readonly byAlias = new Map<string, MetricDefinition>();
  count = 0;
}

/** The metrics of the node itself; no device is called so. */
const OWN = '';

const isSeq = (seq: number | undefined): seq is number => seq !== undefined && seq <= 255;

/** What is remembered of one edge node from message to message. */
export class EdgeNode {
  readonly #parts = new Map<string, Definitions>();
  #metrics = 0;
  #seq: number | undefined;
  #wantsRebirth = false;
  #askedAt: number | undefined;
  /** A birth of the node has come, and no death since. */
  born = false;
  bdSeq: number | null | undefined;

  /** What it takes of memory, in metrics. */
  get weight(): number {
    return 1 + this.#parts.size + this.#metrics;
  }

  /** Counts a message: a gap shows that a birth may have been missed. One that comes a second time is no gap. */
  takeSeq(seq: number | undefined): void {
    if (!isSeq(seq)) return;
    if (this.#seq !== undefined && seq !== this.#seq && seq !== (this.#seq + 1) % 256) this.#wantsRebirth = true;
    this.#seq = seq;
  }

  /** A birth of the node ends what was known of it and its devices. */
  bear(seq: number | undefined, bdSeq: number | null | undefined): void {
    this.#forget();
    this.born = true;
    this.bdSeq = bdSeq;
    this.#seq = isSeq(seq) ? seq : undefined;
    this.#wantsRebirth = false;
  }

  die(): void {
    this.#forget();
    this.born = false;
  }

  /** Begins what a birth defines. The birth of one device too many is not remembered. */
  begin(device: string | undefined): void {
    this.end(device);
    if (this.#parts.size <= MAX_DEVICES) this.#parts.set(device ?? OWN, new Definitions());
  }

  end(device: string | undefined): void {
    this.#metrics -= this.#parts.get(device ?? OWN)?.count ?? 0;
    this.#parts.delete(device ?? OWN);
  }

  has(device: string | undefined): boolean {
    return this.#parts.has(device ?? OWN);
  }

  /** Remembers a metric of a birth that has begun; false when the node has too many metrics or devices. */
  define(device: string | undefined, definition: MetricDefinition, alias: string | undefined): boolean {
    const part = this.#parts.get(device ?? OWN);
    if (!part || this.#metrics >= MAX_NODE_METRICS) return false;
    part.count++;
    this.#metrics++;
    part.byName.set(definition.name, definition);
    if (alias !== undefined) part.byAlias.set(alias, definition);
    return true;
  }

  /** What the birth said of a metric, by its name or else its alias. */
  find(device: string | undefined, { name, alias }: SparkplugMetric): MetricDefinition | undefined {
    const part = this.#parts.get(device ?? OWN);
    if (name !== undefined) return part?.byName.get(name);
    return alias === undefined ? undefined : part?.byAlias.get(alias);
  }

  wantRebirth(wanted: boolean): void {
    this.#wantsRebirth = wanted;
  }

  /** Whether a rebirth is to be asked for now: at most once in 5 s by the clock of arrivals, which may jump. */
  askNow(received: EpochMs): boolean {
    if (!this.#wantsRebirth) return false;
    if (this.#askedAt !== undefined && Math.abs(received - this.#askedAt) < REBIRTH_EVERY_MS) return false;
    this.#askedAt = received;
    return true;
  }

  #forget(): void {
    this.#parts.clear();
    this.#metrics = 0;
  }
}
