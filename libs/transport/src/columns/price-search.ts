import { nodeAt } from '../search/network.js';
import type { Column } from './column-pool.js';
import { VehiclePrices, type Imbalance } from './vehicle-prices.js';
import type { FreePart } from './free-part.js';
import type { StrandPricer } from './strand-pricer.js';

/** Part of each evaluation in the smoothed imbalance. */
const SMOOTHING = 0.15;
/** Step, as a share of the distance to the target: at first, at most, how it grows with each better bound, and how it shrinks after so many worse ones. */
const STEP = { first: 0.3, most: 1.5, grow: 1.1, shrink: 0.7, patience: 3 } as const;
/** The optimum is taken to lie above the best bound by this share of it. */
const HOPE = 0.03;

/**
 * Looks for the prices of vehicles at which the strands, each planned for itself, cost the most: the closer to balance, the higher (the volume algorithm, Barahona and Anbil 2000). What the strands
 * do on the way fills the pool.
 */
export class PriceSearch {
  readonly prices: VehiclePrices;
  /** The highest cost of the strands less what the fleets are worth. Where strands are planned exactly, no plan of the open part costs less. */
  best = -Infinity;
  #bestPrices: readonly Float64Array[];
  #smoothed: Imbalance | undefined;
  #step: number = STEP.first;
  #worse = 0;
  readonly #part: FreePart;
  readonly #pricer: StrandPricer;

  constructor(part: FreePart, pricer: StrandPricer) {
    this.#part = part;
    this.#pricer = pricer;
    this.prices = new VehiclePrices(part);
    this.#bestPrices = this.prices.copy();
  }

  /** One evaluation and one step. */
  step(): void {
    const { idle, value } = this.#evaluate();
    if (value > this.best) {
      this.best = value;
      this.#bestPrices = this.prices.copy();
      this.#worse = 0;
      this.#step = Math.min(STEP.most, this.#step * STEP.grow);
    } else {
      this.#worse += 1;
      if (this.#worse % STEP.patience === 0) this.#step *= STEP.shrink;
    }
    this.#smooth(idle);
    this.prices.set(this.#bestPrices);
    const target = Math.min(this.#part.cost, this.best + HOPE * Math.abs(this.best));
    this.prices.move(this.#smoothed ?? idle, this.#step * Math.max(0, target - this.best));
  }

  /** Prices as they were at the best evaluation. */
  finish(): void {
    this.prices.set(this.#bestPrices);
  }

  #evaluate(): { readonly idle: Imbalance; readonly value: number } {
    const idle = this.prices.idle();
    let value = -this.prices.worth();
    for (const at of this.#part.strands.keys()) {
      const found = this.#pricer.find(at, this.prices);
      value += found.value;
      this.#take(idle, found.column);
    }
    return { idle, value };
  }

  #take({ over, bays }: Imbalance, { departures }: Column): void {
    const { network } = this.#part.compiled;
    const { slots, places } = network;
    for (const { vehicles, trip } of departures) {
      const arc = network.patterns[Math.floor(trip / slots)];
      const row = over[this.#part.fleets.findIndex((fleet) => fleet.vehicles === vehicles)];
      if (!arc || !row) continue;
      const slot = trip % slots;
      const [from, to] = [slot * places + arc.from, nodeAt(network, arc.to, slot + arc.busy)];
      row[from] = (row[from] ?? 0) - 1;
      row[to] = (row[to] ?? 0) + 1;
      for (const { bay, offset } of arc.bayCalls) {
        if (slot + offset >= slots) continue;
        const at = bay * slots + slot + offset;
        bays[at] = (bays[at] ?? 0) - 1;
      }
    }
  }

  #smooth({ over, bays }: Imbalance): void {
    const smoothed = this.#smoothed;
    if (!smoothed) {
      this.#smoothed = { over, bays };
      return;
    }
    const mix = (into: Float64Array, from: Float64Array | undefined): void => {
      for (let at = 0; at < into.length; at += 1)
        into[at] = (into[at] ?? 0) + SMOOTHING * ((from?.[at] ?? 0) - (into[at] ?? 0));
    };
    for (const [fleet, row] of smoothed.over.entries()) mix(row, over[fleet]);
    mix(smoothed.bays, bays);
  }
}
