import { nodeAt } from '../search/network.js';
import { StrandPlanner } from '../search/strand-planner.js';
import type { ClassDeparture, Column, ColumnPool } from './column-pool.js';
import { kindsOf } from './column-pool.js';
import { departurePrices } from './departure-prices.js';
import type { VehiclePrices } from './vehicle-prices.js';
import type { FreePart } from './free-part.js';

/** A column and what it costs at the prices that it was found at. */
export interface PricedColumn {
  readonly column: Column;
  readonly isNew: boolean;
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
    const { column, isNew } = this.#add(strand, planner, departures);
    return { column, isNew, value: column.cost + value };
  }

  /** What a column costs at these prices. */
  valueOf({ departures, cost }: Column, prices: VehiclePrices): number {
    const { compiled, fleets } = this.#part;
    const { network } = compiled;
    const { slots, places, sink } = network;
    let value = cost;
    for (const { vehicles, trip } of departures) {
      const arc = network.patterns[Math.floor(trip / slots)];
      const worth = prices.of(fleets.findIndex((fleet) => fleet.vehicles === vehicles));
      if (!arc) continue;
      const slot = trip % slots;
      const ends = nodeAt(network, arc.to, slot + arc.busy);
      value += (worth[slot * places + arc.from] ?? 0) - (ends === sink ? 0 : (worth[ends] ?? 0));
      for (const { bay, offset } of arc.bayCalls)
        if (slot + offset < slots) value += prices.bays[bay * slots + slot + offset] ?? 0;
    }
    return value;
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
    return this.#add(this.#part.strands[at] ?? 0, planner, departures).column;
  }

  #add(strand: number, planner: StrandPlanner, departures: readonly ClassDeparture[]): ReturnType<ColumnPool['add']> {
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
