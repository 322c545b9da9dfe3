import { StrandPlanner } from '../search/strand-planner.js';
import { type ClassDeparture, type Column, type ColumnPool, kindsOf } from './column-pool.js';
import { departurePrices } from './departure-prices.js';
import type { VehiclePrices } from './vehicle-prices.js';
import type { FreePart } from './free-part.js';

/** A column and what it costs at the prices that it was found at. */
export interface PricedColumn {
  readonly column: Column;
  /** Prices of vehicles and bays included. */
  readonly value: number;
}

/** Finds the best departures of each open strand at prices of vehicles and bays. */
export class StrandPricer {
  readonly #part: FreePart;
  readonly #pool: ColumnPool;
  readonly #planners: readonly StrandPlanner[];
  /** By trip number: no bay is left for it. */
  readonly #isShut: Uint8Array;

  constructor(part: FreePart, pool: ColumnPool) {
    this.#part = part;
    this.#pool = pool;
    this.#isShut = shutTrips(part);
    this.#planners = part.strands.flatMap((index) => {
      const strand = part.compiled.strands[index];
      if (!strand) return [];
      const planner = new StrandPlanner(part.compiled, strand);
      planner.give(part.given);
      return [planner];
    });
  }

  /** `at`: position among the open strands. */
  find(at: number, prices: VehiclePrices): PricedColumn {
    const { compiled, strands } = this.#part;
    const { network } = compiled;
    const { slots, kinds } = network;
    const strand = strands[at] ?? 0;
    const planner = this.#planners[at];
    if (!planner) throw new Error(`There is no open strand ${at}.`);
    const { price, fleet } = departurePrices(this.#part, strand, prices);
    const departures: ClassDeparture[] = [];
    let value = 0;
    const planned = planner.plan(price, (trip) => this.#isShut[trip] === 1);
    const patterns = compiled.strands[strand]?.patterns ?? [];
    for (const [trip, leaving] of planned) {
      const pattern = Math.floor(trip / slots);
      for (const kind of leaving) {
        const key = (patterns.indexOf(pattern) * kinds.length + kind) * slots + (trip % slots);
        const { vehicles } = this.#part.fleets[fleet[key] ?? 0] ?? { vehicles: 0 };
        departures.push({ vehicles, trip });
        value += (price[key] ?? 0) - (network.classes[vehicles]?.tripCost[pattern] ?? 0);
      }
    }
    const column = this.#add(strand, planner, departures);
    return { column, value: column.cost + value };
  }

  /** Puts what a strand does now into the pool. */
  addNow(at: number): Column {
    const { compiled, strands, fleets, now } = this.#part;
    const { slots } = compiled.network;
    const departures: ClassDeparture[] = [];
    for (const pattern of compiled.strands[strands[at] ?? 0]?.patterns ?? []) {
      for (let trip = pattern * slots; trip < (pattern + 1) * slots; trip += 1) {
        for (const { vehicles } of fleets)
          for (let count = now.trips[vehicles]?.[trip] ?? 0; count > 0; count -= 1) departures.push({ vehicles, trip });
      }
    }
    return this.add(at, departures);
  }

  /** Puts a column of given departures into the pool. */
  add(at: number, departures: readonly ClassDeparture[]): Column {
    const planner = this.#planners[at];
    if (!planner) throw new Error(`There is no open strand ${at}.`);
    return this.#add(this.#part.strands[at] ?? 0, planner, departures);
  }

  #add(strand: number, planner: StrandPlanner, departures: readonly ClassDeparture[]): Column {
    const { classes, slots } = this.#part.compiled.network;
    return this.#pool.add(strand, departures, () =>
      departures.reduce(
        (sum, { vehicles, trip }) => sum + (classes[vehicles]?.tripCost[Math.floor(trip / slots)] ?? 0),
        planner.costOf(kindsOf(departures, (vehicles) => classes[vehicles]?.kind ?? 0)),
      ),
    );
  }
}

const shutTrips = ({ compiled, bayRoom }: FreePart): Uint8Array => {
  const { patterns, slots } = compiled.network;
  return Uint8Array.from({ length: patterns.length * slots }, (_, trip) => {
    const slot = trip % slots;
    const isShut = patterns[Math.floor(trip / slots)]?.bayCalls.some(
      ({ bay, offset }) => slot + offset < slots && (bayRoom[bay * slots + slot + offset] ?? 0) <= 0,
    );
    return isShut === true ? 1 : 0;
  });
};
