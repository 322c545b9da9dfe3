import type { CompiledProblem } from './compile.js';
import { countCost } from './departure-costs.js';

/** Counts by trip number that another plan or a relaxation has, NaN where it says nothing. */
export interface Pull {
  readonly targets: Float64Array;
  readonly price: number;
}

/** What departures cost by their number alone: floors of service that are missed, changes of what is announced, and being away from where they are drawn to. */
export class CountPrices {
  /** Departures are drawn to these counts at this price each, on top of their cost: to follow another plan. */
  pull: Pull | undefined;
  // Of the pattern in hand, by slot: what one departure more costs, and one less.
  readonly more: Float64Array;
  readonly less: Float64Array;
  readonly #spare: Int32Array;
  #pattern = 0;

  /** `departures`: of each trip number, of all classes; as they are whenever something is asked. */
  constructor(
    private readonly compiled: CompiledProblem,
    private readonly departures: Int32Array,
  ) {
    const { slots } = compiled.network;
    this.more = new Float64Array(slots);
    this.less = new Float64Array(slots);
    this.#spare = new Int32Array(slots);
  }

  /** Of all patterns of a strand. */
  costOf(strand: number): number {
    const { strands, counts, network } = this.compiled;
    let sum = 0;
    for (const pattern of strands[strand]?.patterns ?? []) {
      const start = pattern * network.slots;
      const terms = counts[pattern];
      if (terms) {
        const { missed, changes } = countCost(terms, this.departures, start, network.slots);
        sum += missed + changes;
      }
      if (!this.pull) continue;
      for (let slot = 0; slot < network.slots; slot += 1) sum += this.#pullOf(start + slot, 0);
    }
    return sum;
  }

  /** Takes a pattern in hand: fills `more` and `less`. */
  take(pattern: number): void {
    const { counts, network } = this.compiled;
    const { slots } = network;
    const { more, less, departures } = this;
    const terms = counts[pattern];
    const start = pattern * slots;
    this.#pattern = pattern;
    more.fill(0);
    less.fill(0);
    if (terms) {
      const { least, added, previous, missedCost, changeCost } = terms;
      let through = 0;
      for (let slot = 0; slot < slots; slot += 1) {
        through += departures[start + slot] ?? 0;
        this.#spare[slot] = through - (least[slot] ?? 0);
      }
      let [short, exact] = [0, 0];
      for (let slot = slots - 1; slot >= 0; slot -= 1) {
        const spare = least.length > slot ? (this.#spare[slot] ?? 0) : 1;
        if (spare < 0) short += 1;
        if (spare <= 0) exact += 1;
        const made = departures[start + slot] ?? 0;
        const lack = (added[slot] ?? 0) - made;
        const announced = previous[slot] ?? 0;
        const isAnnounced = slot < previous.length;
        more[slot] =
          -missedCost * (short + (lack > 0 ? 1 : 0)) +
          (isAnnounced ? (made >= announced ? changeCost : -changeCost) : 0);
        less[slot] =
          missedCost * (exact + (lack >= 0 ? 1 : 0)) +
          (isAnnounced ? (made <= announced ? changeCost : -changeCost) : 0);
      }
    }
    if (!this.pull) return;
    for (let slot = 0; slot < slots; slot += 1) {
      const now = this.#pullOf(start + slot, 0);
      more[slot] = (more[slot] ?? 0) + this.#pullOf(start + slot, 1) - now;
      less[slot] = (less[slot] ?? 0) + this.#pullOf(start + slot, -1) - now;
    }
  }

  /** What it costs more when a departure of the pattern in hand is moved. */
  shift(from: number, to: number): number {
    const terms = this.compiled.counts[this.#pattern];
    let change = (this.more[to] ?? 0) + (this.less[from] ?? 0);
    if (!terms) return change;
    // Where both count, the floor is the same as before: more and less of it cancel out.
    for (let slot = Math.max(from, to); slot < terms.least.length; slot += 1) {
      const spare = this.#spare[slot] ?? 0;
      if (spare < 0) change += terms.missedCost;
      if (spare <= 0) change -= terms.missedCost;
    }
    return change;
  }

  /** Price of being away from where the departures are drawn to, with `by` more of them. */
  #pullOf(trip: number, by: number): number {
    const target = this.pull?.targets[trip] ?? NaN;
    return this.pull && target >= 0 ? this.pull.price * Math.abs((this.departures[trip] ?? 0) + by - target) : 0;
  }
}
