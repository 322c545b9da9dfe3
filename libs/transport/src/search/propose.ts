import type { CompiledProblem } from './compile.js';
import type { CycleSearch } from './cycle-search.js';
import { nodeAt } from './network.js';
import type { Schedule } from './schedule.js';
import { StrandPlanner } from './strand-planner.js';

/** Departures of a class on a trip number to be put in (by > 0) or taken out. */
export interface Change {
  readonly vehicles: number;
  readonly trip: number;
  readonly by: number;
}

/** By slot: what a departure of one kind costs at the labels' prices, and the class that it is cheapest with. */
interface KindPrices {
  readonly price: Float64Array;
  readonly vehicles: Int32Array;
}

/** Plans strands anew, at the prices of vehicles that the labels of the searches say. */
export class Proposer {
  readonly #schedule: Schedule;
  readonly #compiled: CompiledProblem;
  readonly #searches: readonly CycleSearch[];
  readonly #planners = new Map<number, StrandPlanner>();

  constructor(schedule: Schedule, searches: readonly CycleSearch[]) {
    this.#schedule = schedule;
    this.#compiled = schedule.compiled;
    this.#searches = searches;
  }

  /** From the departures of a strand to those that would be best if vehicles could be had and given back at the labels' prices. Empty where they are the same. */
  propose(strand: number): readonly Change[] {
    const { network, strands } = this.#compiled;
    const planner = this.#plannerOf(strand);
    if (!planner) return [];
    const patterns = strands[strand]?.patterns ?? [];
    const prices = patterns.map((pattern) => this.#pricesOf(pattern));
    const flat = Float64Array.from(prices.flatMap((kinds) => kinds.flatMap(({ price }) => [...price])));
    const planned = planner.plan(flat, (trip) => this.#isShut(trip));
    const changes: Change[] = [];
    for (const [position, pattern] of patterns.entries()) {
      for (let trip = pattern * network.slots; trip < (pattern + 1) * network.slots; trip += 1) {
        changes.push(...this.#changesAt(trip, planned.get(trip) ?? [], prices[position] ?? []));
      }
    }
    return changes;
  }

  #plannerOf(index: number): StrandPlanner | undefined {
    const strand = this.#compiled.strands[index];
    const known = this.#planners.get(index);
    if (known || !strand) return known;
    const planner = new StrandPlanner(this.#compiled, strand);
    this.#planners.set(index, planner);
    return planner;
  }

  /** The cheapest class of each kind for each slot, and its price. */
  #pricesOf(pattern: number): readonly KindPrices[] {
    const { network } = this.#compiled;
    const { slots } = network;
    const arc = network.patterns[pattern];
    const prices = network.kinds.map(() => ({
      price: new Float64Array(slots).fill(Infinity),
      vehicles: new Int32Array(slots).fill(-1),
    }));
    if (!arc) return prices;
    for (const { vehicles, labels } of this.#searches) {
      const vehicleClass = network.classes[vehicles];
      const of = prices[vehicleClass?.kind ?? -1];
      const cost = vehicleClass?.tripCost[pattern] ?? Infinity;
      if (!vehicleClass || !of || cost === Infinity) continue;
      for (let slot = 0; slot < slots && slot + arc.busy <= vehicleClass.untilSlot; slot += 1) {
        const node = slot * network.places + arc.from;
        const price = cost + (labels[node] ?? 0) - (labels[nodeAt(network, arc.to, slot + arc.busy)] ?? 0);
        if (price >= (of.price[slot] ?? 0)) continue;
        of.price[slot] = price;
        of.vehicles[slot] = vehicles;
      }
    }
    return prices;
  }

  /** From the departures of a trip number to those of these kinds. */
  #changesAt(trip: number, kinds: readonly number[], prices: readonly KindPrices[]): readonly Change[] {
    const { network } = this.#compiled;
    const changes: Change[] = [];
    for (const [kind, { vehicles: cheapest }] of prices.entries()) {
      let wanted = kinds.filter((each) => each === kind).length;
      for (const { vehicles } of this.#searches) {
        if (network.classes[vehicles]?.kind !== kind) continue;
        const has = this.#schedule.trips[vehicles]?.[trip] ?? 0;
        const kept = Math.min(has, wanted);
        wanted -= kept;
        for (let extra = has - kept; extra > 0; extra -= 1) changes.push({ vehicles, trip, by: -1 });
      }
      const vehicles = cheapest[trip % network.slots] ?? -1;
      for (; wanted > 0 && vehicles >= 0; wanted -= 1) changes.push({ vehicles, trip, by: 1 });
    }
    return changes;
  }

  /** Bays that are taken by others. */
  #isShut(trip: number): boolean {
    return (this.#schedule.closed[trip] ?? 0) > 0 && (this.#schedule.departures[trip] ?? 0) === 0;
  }
}
