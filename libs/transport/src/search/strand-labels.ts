import { add } from './schedule.js';

/** Labels of a strand side by side, in arrays that grow: what each cost, who has gone in it, and what has left. */
export class StrandLabels {
  readonly rides: number;
  readonly patterns: number;
  count = 0;
  cost = new Float64Array(64);
  merit = new Float64Array(64);
  left = new Float64Array(64);
  order = new Int32Array(64);
  /** Number among all labels that ever lived. */
  node = new Int32Array(64);
  /** What was just added, or -1. */
  option = new Int32Array(64);
  /** By ride, who has gone. */
  gone: Float64Array;
  /** By pattern: departures until now, and until this slot began. */
  departures: Int32Array;
  before: Int32Array;

  constructor(rides: number, patterns: number) {
    this.rides = rides;
    this.patterns = patterns;
    this.gone = new Float64Array(64 * rides);
    this.departures = new Int32Array(64 * patterns);
    this.before = new Int32Array(64 * patterns);
  }

  clear(): void {
    this.count = 0;
  }

  addFirst(): void {
    this.cost[0] = 0;
    this.node[0] = 0;
    this.option[0] = -1;
    this.gone.fill(0, 0, this.rides);
    this.departures.fill(0, 0, this.patterns);
    this.before.fill(0, 0, this.patterns);
    this.count = 1;
  }

  /** `given`: what leaves in any case, by pattern and slot. */
  startSlot(given: Int32Array, slot: number, slots: number): void {
    this.before.set(this.departures.subarray(0, this.count * this.patterns));
    for (let at = 0; at < this.count * this.patterns; at += 1)
      add(this.departures, at, given[(at % this.patterns) * slots + slot] ?? 0);
  }

  /** Returns the number of the copy here. */
  copy(from: StrandLabels, label: number): number {
    const to = this.count;
    if (to === this.cost.length) this.#grow();
    this.count = to + 1;
    this.#put(from, label, to);
    return to;
  }

  #put(from: StrandLabels, label: number, to: number): void {
    const rides = this.rides;
    const patterns = this.patterns;
    this.cost[to] = from.cost[label] ?? 0;
    this.node[to] = from.node[label] ?? 0;
    this.option[to] = -1;
    for (let at = 0; at < rides; at += 1) this.gone[to * rides + at] = from.gone[label * rides + at] ?? 0;
    for (let at = 0; at < patterns; at += 1) {
      this.departures[to * patterns + at] = from.departures[label * patterns + at] ?? 0;
      this.before[to * patterns + at] = from.before[label * patterns + at] ?? 0;
    }
  }

  #grow(): void {
    const double = <Row extends Float64Array | Int32Array>(row: Row, of: new (length: number) => Row): Row => {
      const larger = new of(row.length * 2);
      larger.set(row);
      return larger;
    };
    this.cost = double(this.cost, Float64Array);
    this.merit = double(this.merit, Float64Array);
    this.left = double(this.left, Float64Array);
    this.order = double(this.order, Int32Array);
    this.node = double(this.node, Int32Array);
    this.option = double(this.option, Int32Array);
    this.gone = double(this.gone, Float64Array);
    this.departures = double(this.departures, Int32Array);
    this.before = double(this.before, Int32Array);
  }
}
