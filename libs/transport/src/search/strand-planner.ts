import { type CompiledProblem, strandCostsOf } from './compile.js';
import { countCost, type CountTerms } from './departure-costs.js';
import { choicesAt, NO_OPTION, type Option, optionsOf } from './leaving-options.js';
import { add } from './schedule.js';
import { SkewedBoarding } from './skewed-boarding.js';
import type { StrandCosts } from './strand-costs.js';
import { StrandLabels } from './strand-labels.js';
import type { Strand } from './strands.js';

/** Departures of a strand by trip number: the kinds that leave. */
export type StrandDepartures = ReadonlyMap<number, readonly number[]>;

/** Labels that live at most. */
const MOST_LABELS = 40;
/** A label must leave so much less of a queue than cheaper ones to live: the rest would be the same plan in other clothes. */
const FINER = 0.995;

/**
 * Plans all departures of a strand by dynamic programming over its slots, at given prices of departures. A label is what has left so far, what that cost, and the queues
 * that it leaves. Of two labels the one that cost more and leaves more people, at the price of their waiting, is dropped: exact where a strand has one stop and one group of people, near enough
 * elsewhere.
 */
export class StrandPlanner {
  readonly #compiled: CompiledProblem;
  readonly #strand: Strand;
  readonly #slots: number;
  readonly #lead: number;
  readonly #rides: number;
  readonly #boardings: readonly SkewedBoarding[];
  readonly #costs: StrandCosts;
  /** By position and departure number: room of those that leave whatever is planned, and of those under way alone. */
  readonly #givenRoom: Float64Array;
  readonly #givenAccessible: Float64Array;
  readonly #underWay: Float64Array;
  readonly #underWayAccessible: Float64Array;
  /** By position and slot: departures that leave whatever is planned. */
  readonly #given: Int32Array;
  readonly #made: Int32Array;
  readonly #options: readonly Option[];
  readonly #terms: readonly (CountTerms | undefined)[];
  readonly #kinds: number;
  // By departure number and ride: who has come by the next one, and what boarding it would save them.
  readonly #comeNext: Float64Array;
  readonly #worthNext: Float64Array;
  readonly #slotCost: Float64Array;
  // The labels that live, and those that are made of them.
  #live: StrandLabels;
  #next: StrandLabels;
  // All labels that ever lived: how they came about.
  #parent: number[] = [];
  #trip: number[] = [];
  #option: number[] = [];

  constructor(compiled: CompiledProblem, strand: Strand) {
    const { network, rides, counts } = compiled;
    const costs = strandCostsOf(compiled, strand);
    this.#compiled = compiled;
    this.#strand = strand;
    this.#slots = network.slots;
    this.#lead = costs.lead;
    this.#rides = strand.rides.length;
    this.#costs = costs;
    this.#underWay = costs.capacity.slice();
    this.#underWayAccessible = costs.accessible.slice();
    this.#givenRoom = costs.capacity.slice();
    this.#givenAccessible = costs.accessible.slice();
    this.#given = new Int32Array(strand.patterns.length * network.slots);
    this.#made = new Int32Array(strand.patterns.length * network.slots);
    this.#kinds = network.kinds.length;
    this.#terms = strand.patterns.map((pattern) => counts[pattern]);
    this.#options = optionsOf(network.kinds);
    const latenessOf = new Set(strand.rides);
    this.#boardings = strand.patterns.map((_, position) => {
      const boarding = new SkewedBoarding(strand, position, rides, network.slots, costs.lead, latenessOf);
      for (const { ride } of strand.services[position] ?? []) latenessOf.delete(ride);
      return boarding;
    });
    const offsets = strand.rides.map(
      (ride) => strand.services.flat().find((service) => service.ride === ride)?.boardOffset ?? 0,
    );
    const departures = costs.lead + network.slots;
    const table = (value: (ride: number, slot: number) => number): Float64Array =>
      Float64Array.from({ length: departures * strand.rides.length }, (_, at) => {
        const position = at % strand.rides.length;
        const slot = Math.floor(at / strand.rides.length) - costs.lead + 1 + (offsets[position] ?? 0);
        return slot >= 0 && slot < network.slots ? value(strand.rides[position] ?? 0, slot) : 0;
      });
    this.#comeNext = table((ride, slot) => rides[ride]?.comeBefore[slot] ?? 0);
    this.#worthNext = table((ride, slot) => rides[ride]?.worth[slot] ?? 0);
    this.#slotCost = Float64Array.from(
      strand.rides,
      (ride) => (rides[ride]?.worth[0] ?? 0) - (rides[ride]?.worth[1] ?? rides[ride]?.worth[0] ?? 0),
    );
    this.#live = new StrandLabels(strand.rides.length, strand.patterns.length);
    this.#next = new StrandLabels(strand.rides.length, strand.patterns.length);
  }

  /** Departures that leave whatever is planned here, besides those under way: by kind and trip number. */
  give(departures: readonly Int32Array[]): void {
    const { network } = this.#compiled;
    const slots = this.#slots;
    this.#givenRoom.set(this.#underWay);
    this.#givenAccessible.set(this.#underWayAccessible);
    this.#given.fill(0);
    for (const [position, pattern] of this.#strand.patterns.entries()) {
      for (const [kind, { capacity, accessible }] of network.kinds.entries()) {
        for (let slot = 0; slot < slots; slot += 1) {
          const count = departures[kind]?.[pattern * slots + slot] ?? 0;
          if (count === 0) continue;
          const at = position * (this.#lead + slots) + this.#lead + slot;
          add(this.#givenRoom, at, count * capacity);
          add(this.#givenAccessible, at, count * accessible);
          add(this.#given, position * slots + slot, count);
        }
      }
    }
  }

  /** Exact cost to people, and of counts, of these departures and the given ones. */
  costOf(departures: StrandDepartures): number {
    const { network } = this.#compiled;
    const slots = this.#slots;
    const { capacity, accessible } = this.#costs;
    capacity.set(this.#givenRoom);
    accessible.set(this.#givenAccessible);
    this.#made.set(this.#given);
    for (const [trip, kinds] of departures) {
      const position = this.#strand.patterns.indexOf(Math.floor(trip / slots));
      const at = position * (this.#lead + slots) + this.#lead + (trip % slots);
      for (const kind of kinds) {
        add(capacity, at, network.kinds[kind]?.capacity ?? 0);
        add(accessible, at, network.kinds[kind]?.accessible ?? 0);
      }
      add(this.#made, position * slots + (trip % slots), kinds.length);
    }
    let cost = this.#costs.rebase();
    for (const [position, terms] of this.#terms.entries()) {
      if (!terms) continue;
      const { missed, changes } = countCost(terms, this.#made, position * slots, slots);
      cost += missed + changes;
    }
    return cost;
  }

  /**
   * The best departures at these prices: (position x kinds + kind) x slots + slot, infinite where none can leave; `isShut` says of a trip number that no more may leave.
   */
  plan(prices: Float64Array, isShut: (trip: number) => boolean): StrandDepartures {
    const slots = this.#slots;
    const lead = this.#lead;
    this.#parent = [-1];
    this.#trip = [-1];
    this.#option = [-1];
    this.#live.clear();
    this.#live.addFirst();
    for (let departure = 0; departure < lead + slots; departure += 1) {
      const slot = departure - lead;
      this.#boardGiven(departure);
      if (slot >= 0) {
        this.#live.startSlot(this.#given, slot, slots);
        for (const [position, pattern] of this.#strand.patterns.entries()) {
          const trip = pattern * slots + slot;
          if (!isShut(trip)) this.#extend(position, departure, trip, prices);
        }
      }
      this.#endSlot(departure);
      if (slot >= 0) this.#thin(departure);
    }
    return this.#read();
  }

  #boardGiven(departure: number): void {
    const { cost, gone, count } = this.#live;
    for (const [position, boarding] of this.#boardings.entries()) {
      const key = position * (this.#lead + this.#slots) + departure;
      const places = this.#givenRoom[key] ?? 0;
      if (places <= 0) continue;
      for (let label = 0; label < count; label += 1) {
        const saved = boarding.board(departure, places, this.#givenAccessible[key] ?? 0, gone, label * this.#rides);
        cost[label] = (cost[label] ?? 0) - saved;
      }
    }
  }

  /** To each label that lives, each way of leaving on a pattern now. */
  #extend(position: number, departure: number, trip: number, prices: Float64Array): void {
    const live = this.#live;
    const made = this.#next;
    const boarding = this.#boardings[position];
    const slot = departure - this.#lead;
    const most =
      (this.#compiled.network.patterns[this.#strand.patterns[position] ?? 0]?.most[slot] ?? 0) -
      (this.#given[position * this.#slots + slot] ?? 0);
    const choices = choicesAt(this.#options, most, (kind) => {
      return prices[(position * this.#kinds + kind) * this.#slots + slot] ?? Infinity;
    });
    if (!boarding || choices.length === 0) return;
    made.clear();
    for (let label = 0; label < live.count; label += 1) {
      made.copy(live, label);
      for (const { option, price } of choices) {
        const { capacity, accessible, kinds } = this.#options[option] ?? NO_OPTION;
        const next = made.copy(live, label);
        const saved = boarding.board(departure, capacity, accessible, made.gone, next * this.#rides);
        made.cost[next] = (made.cost[next] ?? 0) + price - saved;
        const at = next * made.patterns + position;
        made.departures[at] = (made.departures[at] ?? 0) + kinds.length;
        made.option[next] = option;
        // Larger ones would leave as empty as this one: nobody is left for them.
        if (boarding.isServed(departure, made.gone, next * this.#rides)) break;
      }
    }
    for (let label = 0; label < made.count; label += 1) {
      const option = made.option[label] ?? -1;
      if (option < 0) continue;
      this.#parent.push(made.node[label] ?? -1);
      this.#trip.push(trip);
      this.#option.push(option);
      made.node[label] = this.#parent.length - 1;
      made.option[label] = -1;
    }
    [this.#live, this.#next] = [made, live];
    this.#thin(departure);
  }

  #endSlot(departure: number): void {
    const { cost, gone, count, departures, before, patterns } = this.#live;
    const slot = departure - this.#lead;
    for (let label = 0; label < count; label += 1) {
      let added = 0;
      for (let position = 0; position < patterns; position += 1) {
        added += this.#boardings[position]?.lateAfter(departure, gone, label * this.#rides) ?? 0;
        const terms = this.#terms[position];
        if (slot < 0 || !terms) continue;
        const through = departures[label * patterns + position] ?? 0;
        const here = through - (before[label * patterns + position] ?? 0);
        added += terms.missedCost * Math.max(0, (terms.least[slot] ?? 0) - through);
        added += terms.missedCost * Math.max(0, (terms.added[slot] ?? 0) - here);
        if (slot < terms.previous.length) added += terms.changeCost * Math.abs(here - (terms.previous[slot] ?? 0));
      }
      cost[label] = (cost[label] ?? 0) + added;
    }
  }

  /** Keeps the labels of which none is both cheaper and leaves less. */
  #thin(departure: number): void {
    const labels = this.#live;
    const { count, cost, gone, merit, left, order } = labels;
    const rides = this.#rides;
    const row = departure * rides;
    for (let label = 0; label < count; label += 1) {
      let [waiting, saved] = [0, 0];
      for (let ride = 0; ride < rides; ride += 1) {
        const queue = (this.#comeNext[row + ride] ?? 0) - (gone[label * rides + ride] ?? 0);
        if (queue <= 0) continue;
        waiting += queue * (this.#slotCost[ride] ?? 0);
        saved += queue * (this.#worthNext[row + ride] ?? 0);
      }
      // As if all who wait could leave with the next departure.
      merit[label] = (cost[label] ?? 0) - saved;
      left[label] = waiting;
      order[label] = label;
    }
    const sorted = order.subarray(0, count).sort((a, b) => (merit[a] ?? 0) - (merit[b] ?? 0) || a - b);
    let least = Infinity;
    let kept = 0;
    for (const label of sorted) {
      if ((left[label] ?? 0) >= least * FINER) continue;
      least = left[label] ?? 0;
      sorted[kept] = label;
      kept += 1;
    }
    const spare = this.#next;
    spare.clear();
    // Those that let people wait longest go first.
    for (let at = Math.max(0, kept - MOST_LABELS); at < kept; at += 1) spare.copy(labels, sorted[at] ?? 0);
    [this.#live, this.#next] = [spare, labels];
  }

  #read(): StrandDepartures {
    const { count, cost, node } = this.#live;
    let best = 0;
    for (let label = 1; label < count; label += 1) if ((cost[label] ?? 0) < (cost[best] ?? 0)) best = label;
    const departures = new Map<number, readonly number[]>();
    for (let at = node[best] ?? 0; at > 0; at = this.#parent[at] ?? 0) {
      departures.set(this.#trip[at] ?? 0, this.#options[this.#option[at] ?? 0]?.kinds ?? []);
    }
    return departures;
  }
}
