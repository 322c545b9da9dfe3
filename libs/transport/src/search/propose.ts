import type { CompiledProblem } from './compile.js';
import { leadOf } from './follow-strand.js';
import type { CycleSearch } from './cycle-search.js';
import { nodeAt } from './network.js';
import type { Schedule } from './schedule.js';
import { SkewedBoarding } from './skewed-boarding.js';

/** Departures of a class on a trip number to be put in (by > 0) or taken out. */
export interface Change {
  readonly vehicles: number;
  readonly trip: number;
  readonly by: number;
}

/** What may leave in one slot: some vehicles, by kind. */
interface Option {
  readonly kinds: readonly number[];
  readonly capacity: number;
  readonly accessible: number;
}

/** By slot: what a departure of one kind costs at the labels' prices, and the class that it is cheapest with. */
interface KindPrices {
  readonly price: Float64Array;
  readonly vehicles: Int32Array;
}

const START = -1;

/**
 * Plans the departures of one pattern anew, those of the others fixed, by dynamic programming over the slot of the last departure: of all ways to a departure the cheapest
 * is kept, with the queues that it leaves. Exact while everybody finds a place.
 */
export class Proposer {
  readonly #schedule: Schedule;
  readonly #compiled: CompiledProblem;
  readonly #searches: readonly CycleSearch[];
  readonly #boardings = new Map<number, readonly SkewedBoarding[]>();
  readonly #options: readonly Option[];
  // The labels, by number; and those that live.
  readonly #cost: number[] = [];
  readonly #made: number[] = [];
  readonly #option: number[] = [];
  readonly #slot: number[] = [];
  readonly #before: number[] = [];
  #gone = new Float64Array(0);

  constructor(schedule: Schedule, searches: readonly CycleSearch[]) {
    this.#schedule = schedule;
    this.#compiled = schedule.compiled;
    this.#searches = searches;
    const { kinds } = schedule.compiled.network;
    const single = kinds.map((_, kind) => [kind]);
    const double = kinds.flatMap((_, one) => kinds.flatMap((__, other) => (other >= one ? [[one, other]] : [])));
    this.#options = [...single, ...double].map((of) => ({
      kinds: of,
      capacity: of.reduce((sum, kind) => sum + (kinds[kind]?.capacity ?? 0), 0),
      accessible: of.reduce((sum, kind) => sum + (kinds[kind]?.accessible ?? 0), 0),
    }));
  }

  /**
   * From the departures of a pattern to those that would be best if vehicles could be had and given back at the labels' prices. Empty where they are the same.
   */
  propose(pattern: number): readonly Change[] {
    const { network, strandOf, positionOf } = this.#compiled;
    const strand = strandOf[pattern] ?? 0;
    const prices = this.#pricesOf(pattern);
    const kindsAt = this.#plan(strand, positionOf[pattern] ?? 0, pattern, prices);
    const changes: Change[] = [];
    for (let slot = 0; slot < network.slots; slot += 1) {
      changes.push(...this.#changesAt(pattern * network.slots + slot, kindsAt.get(slot) ?? [], prices));
    }
    return changes;
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

  /** The best departures: what leaves in each slot, by kind. */
  #plan(
    strandIndex: number,
    position: number,
    pattern: number,
    prices: readonly KindPrices[],
  ): ReadonlyMap<number, readonly number[]> {
    const { network, strands, counts, problem } = this.#compiled;
    const { slots } = network;
    const strand = strands[strandIndex];
    const arc = network.patterns[pattern];
    if (!strand || !arc) return new Map();
    const lead = leadOf(problem, strand);
    const boardings = this.#boardingsOf(strandIndex);
    const own = boardings[position];
    const costs = this.#schedule.lineOf(strandIndex);
    const rides = strand.rides.length;
    const terms = counts[pattern];
    this.#reset(rides, slots, this.#options.length);
    const firstLabel = this.#add(0, 0, -1, START, START, -1, rides);
    let live = [firstLabel];
    const departures = lead + slots;
    for (let departure = 0; departure < departures; departure += 1) {
      const slot = departure - lead;
      const trip = pattern * slots + slot;
      // What leaves anyway: other patterns, and of this one those under way.
      for (const [other, boarding] of boardings.entries()) {
        const key = other * departures + departure;
        if (other === position && slot >= 0) continue;
        const [places, accessible] = [costs?.capacity[key] ?? 0, costs?.accessible[key] ?? 0];
        if (places <= 0) continue;
        for (const label of live)
          this.#cost[label] =
            (this.#cost[label] ?? 0) - boarding.board(departure, places, accessible, this.#gone, label * rides);
      }
      if (slot >= 0) {
        const made: number[] = [];
        for (const [at, option] of this.#options.entries()) {
          if (option.kinds.length > (arc.most[slot] ?? 0) || (option.kinds.length > 0 && this.#isShut(trip))) continue;
          const price = option.kinds.reduce((sum, kind) => sum + (prices[kind]?.price[slot] ?? Infinity), 0);
          if (price === Infinity) continue;
          let best = -1;
          for (const label of live) {
            const next = this.#add(
              this.#cost[label] ?? 0,
              (this.#made[label] ?? 0) + option.kinds.length,
              at,
              slot,
              label,
              label,
              rides,
            );
            const saved = own?.board(departure, option.capacity, option.accessible, this.#gone, next * rides) ?? 0;
            this.#cost[next] = (this.#cost[next] ?? 0) + price - saved;
            if (best < 0 || (this.#cost[next] ?? 0) < (this.#cost[best] ?? 0)) best = next;
          }
          if (best >= 0) made.push(best);
        }
        // One label for a slot of departure, and one more where another capacity is nearly as good.
        live = [...live, ...made.sort((a, b) => (this.#cost[a] ?? 0) - (this.#cost[b] ?? 0)).slice(0, 2)];
      }
      for (const label of live) {
        let cost = own?.lateAfter(departure, this.#gone, label * rides) ?? 0;
        if (slot >= 0 && terms) {
          const here = this.#slot[label] === slot ? (this.#options[this.#option[label] ?? -1]?.kinds.length ?? 0) : 0;
          cost +=
            terms.missedCost *
            (Math.max(0, (terms.least[slot] ?? 0) - (this.#made[label] ?? 0)) +
              Math.max(0, (terms.added[slot] ?? 0) - here));
          if (slot < terms.previous.length) cost += terms.changeCost * Math.abs(here - (terms.previous[slot] ?? 0));
        }
        this.#cost[label] = (this.#cost[label] ?? 0) + cost;
      }
    }
    const end = live.reduce((a, b) => ((this.#cost[b] ?? 0) < (this.#cost[a] ?? 0) ? b : a));
    const kindsAt = new Map<number, readonly number[]>();
    for (let label = end; label >= 0 && (this.#slot[label] ?? START) !== START; label = this.#before[label] ?? -1) {
      kindsAt.set(this.#slot[label] ?? 0, this.#options[this.#option[label] ?? -1]?.kinds ?? []);
    }
    return kindsAt;
  }

  /** Bays that are taken by others. */
  #isShut(trip: number): boolean {
    return (this.#schedule.closed[trip] ?? 0) > 0 && (this.#schedule.departures[trip] ?? 0) === 0;
  }

  #boardingsOf(strandIndex: number): readonly SkewedBoarding[] {
    const known = this.#boardings.get(strandIndex);
    const strand = this.#compiled.strands[strandIndex];
    if (known || !strand) return known ?? [];
    const lead = leadOf(this.#compiled.problem, strand);
    const made = strand.patterns.map(
      (_, position) => new SkewedBoarding(strand, position, this.#compiled.rides, this.#compiled.network.slots, lead),
    );
    this.#boardings.set(strandIndex, made);
    return made;
  }

  #reset(rides: number, slots: number, options: number): void {
    for (const row of [this.#cost, this.#made, this.#option, this.#slot, this.#before]) row.length = 0;
    // Each slot adds at most one label an option to each that lives.
    const most = (1 + slots * options * (1 + 2 * slots)) * rides;
    if (this.#gone.length < most) this.#gone = new Float64Array(most);
    this.#gone.fill(0, 0, rides);
  }

  #add(cost: number, made: number, option: number, slot: number, before: number, from: number, rides: number): number {
    const label = this.#cost.length;
    this.#cost.push(cost);
    this.#made.push(made);
    this.#option.push(option);
    this.#slot.push(slot);
    this.#before.push(before);
    if (from >= 0) this.#gone.copyWithin(label * rides, from * rides, (from + 1) * rides);
    return label;
  }
}
