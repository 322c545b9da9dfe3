import { followStrand, type StrandVisits } from './follow-strand.js';
import type { LineCosts } from './line-costs.js';
import type { RideTerms } from './rides.js';

/** Costs of a strand whose patterns share rides, or whose rides go on with another: followed slot by slot each time. */
export class SharedPatternsCosts implements LineCosts {
  readonly lead: number;
  readonly capacity: Float64Array;
  readonly accessible: Float64Array;
  cost = 0;
  readonly #visits: StrandVisits;
  readonly #terms: readonly RideTerms[];
  readonly #departures: number;

  constructor(terms: readonly RideTerms[], visits: StrandVisits) {
    this.#terms = terms;
    this.#visits = visits;
    this.lead = visits.lead;
    this.#departures = visits.lead + visits.slots;
    this.capacity = new Float64Array(visits.strand.patterns.length * this.#departures);
    this.accessible = new Float64Array(this.capacity.length);
  }

  rebase(): number {
    this.cost = followStrand(this.#visits, this.#terms, this.capacity, this.accessible);
    return this.cost;
  }

  change(pattern: number, slot: number, otherSlot: number, capacity: number, accessible: number): number {
    const one = pattern * this.#departures + slot + this.lead;
    const other = otherSlot < 0 ? -1 : pattern * this.#departures + otherSlot + this.lead;
    this.#add(one, capacity, accessible);
    if (other >= 0) this.#add(other, -capacity, -accessible);
    const changed = followStrand(this.#visits, this.#terms, this.capacity, this.accessible);
    this.#add(one, -capacity, -accessible);
    if (other >= 0) this.#add(other, capacity, accessible);
    return changed - this.cost;
  }

  #add(departure: number, capacity: number, accessible: number): void {
    this.capacity[departure] = (this.capacity[departure] ?? 0) + capacity;
    this.accessible[departure] = (this.accessible[departure] ?? 0) + accessible;
  }
}
