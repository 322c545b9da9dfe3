import type { CompiledProblem } from '../search/compile.js';
import { ColumnPool } from './column-pool.js';
import { departurePrices } from './departure-prices.js';
import { type FreePart, wholePartOf } from './free-part.js';
import { PriceSearch } from './price-search.js';
import { StrandBound } from './strand-bound.js';
import { StrandPricer } from './strand-pricer.js';

/** Evaluations after which there is a bound: one soon, better ones later. */
const EVALUATIONS = [10, 40, 90] as const;
/** Part of a bound that is given away for rounding. */
const ROUNDING = 1e-9;

/**
 * Lower bounds of what any plan costs: each strand for itself at prices of vehicles and bays, less what fleets and bays are worth at them (weak duality). That holds for any prices; the closer they are
 * to balance, the better it is.
 */
export class PlanBound {
  /** The best so far. */
  best = -Infinity;
  readonly #compiled: CompiledProblem;
  readonly #whole: FreePart;
  readonly #pricer: StrandPricer;
  readonly #search: PriceSearch;
  readonly #strands: readonly StrandBound[];

  /** `cost`: of some plan. */
  constructor(compiled: CompiledProblem, cost: number) {
    this.#compiled = compiled;
    this.#whole = wholePartOf(compiled, cost);
    this.#pricer = new StrandPricer(this.#whole, new ColumnPool());
    this.#search = new PriceSearch(this.#whole, this.#pricer);
    this.#strands = compiled.strands.map((strand) => new StrandBound(compiled, strand));
  }

  /** Yields after each piece of work. */
  *run(): Generator<void> {
    let made = 0;
    for (const evaluations of EVALUATIONS) {
      for (; made < evaluations; made += 1) {
        this.#search.step();
        yield;
      }
      yield* this.#prove();
    }
  }

  *#prove(): Generator<void> {
    const { prices } = this.#search;
    this.#search.finish();
    let bound = this.#compiled.unservedCost - prices.worth();
    let size = Math.abs(bound);
    for (const [strand, limit] of this.#strands.entries()) {
      const least = this.#strandAt(strand, limit);
      bound += least;
      size += Math.abs(least);
      yield;
    }
    this.best = Math.max(this.best, bound - ROUNDING * size);
  }

  #strandAt(strand: number, limit: StrandBound): number {
    const { prices } = this.#search;
    const { price, fleet } = departurePrices(this.#whole, strand, prices);
    const { classes } = this.#compiled.network;
    let paid = 0;
    // Who is paid for leaving leaves with all vehicles there are.
    price.forEach((own, at) => {
      if (own >= 0) return;
      const kind = classes[this.#whole.fleets[fleet[at] ?? 0]?.vehicles ?? -1]?.kind;
      const most = classes.reduce((sum, of) => (of.kind === kind ? sum + of.vehicles.length : sum), 0);
      paid += own * most;
      price[at] = 0;
    });
    // Where nobody is paid, departures that are about the best show what cannot be.
    return limit.find(price, paid === 0 ? this.#pricer.find(strand, prices).value : Infinity) + paid;
  }
}
