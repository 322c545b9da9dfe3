import { addUnderWay, type CompiledProblem } from '../search/compile.js';
import type { CountTerms } from '../search/departure-costs.js';
import { leadOf } from '../search/follow-strand.js';
import type { RideTerms } from '../search/rides.js';
import type { Strand } from '../search/strands.js';

/** Vehicles that may leave together one by one; whatever is more counts as any number for the price of one more than these. */
const MOST_TOGETHER = 4;
/** More departures than any floor of service asks for. */
const MANY = 1000;
/** Labels that live at most. */
const MOST_LABELS = 60;
/** Two costs that differ by less are the same. */
const SAME = 1e-9;

/** Vehicles that leave together. */
interface Choice {
  readonly count: number;
  readonly capacity: number;
  readonly price: number;
}

/** What has left so far: its cost, less what those who have gone save; who has gone by ride; departures by pattern, now and when the slot began. `merit` is the cost as if the others could all leave next. */
interface Label {
  cost: number;
  readonly gone: Float64Array;
  readonly made: Int32Array;
  readonly before: Int32Array;
  merit: number;
}

/**
 * A lower bound of what a strand costs at given prices of departures, whatever leaves and however people are seated. It is the optimum of a relaxation: only the largest crowd needs places,
 * all others board whatever calls where they wait; a ride that patterns reach sooner or later after departure boards as if by the sooner, and all who come until the later;
 * people who go on with another ride cost nothing there. Found by dynamic programming over labels; of two labels one is dropped only if the other is at least as good in everything,
 * and where there are too many, two are replaced by one that is as good as the better of both.
 */
export class StrandBound {
  readonly #compiled: CompiledProblem;
  readonly #strand: Strand;
  readonly #slots: number;
  readonly #lead: number;
  readonly #terms: readonly (CountTerms | undefined)[];
  /** By position: the crowds that the pattern serves. */
  readonly #served: readonly (readonly number[])[];
  readonly #crowds: number;
  /** The largest. */
  readonly #crowd: number;
  /** By position and departure number: room of those under way. */
  readonly #underWay: Float64Array;
  // By departure number and crowd.
  readonly #come: Float64Array;
  readonly #worth: Float64Array;
  readonly #due: Float64Array;
  readonly #lateCost: Float64Array;
  /** By departure number: after it, all who ever come cannot save more than this, less what those who have gone would at the next one. */
  readonly #future: Float64Array;
  readonly #idleCost: number;

  constructor(compiled: CompiledProblem, strand: Strand) {
    const { network, problem, counts } = compiled;
    const lead = leadOf(problem, strand);
    const slots = network.slots;
    const crowds = crowdsOf(compiled, strand);
    const rides = crowds.map(({ terms }) => terms);
    this.#compiled = compiled;
    this.#strand = strand;
    this.#slots = slots;
    this.#lead = lead;
    this.#terms = strand.patterns.map((pattern) => counts[pattern]);
    this.#served = strand.patterns.map((_, position) =>
      [...crowds.keys()].filter((at) => crowds[at]?.offsets[position] !== undefined),
    );
    this.#crowds = rides.length;
    const people = rides.map(({ comeBefore }) => comeBefore[slots] ?? 0);
    this.#crowd = people.indexOf(Math.max(...people));
    const capacity = new Float64Array(strand.patterns.length * (lead + slots));
    addUnderWay(problem, strand, { lead, capacity, accessible: new Float64Array(capacity.length) });
    this.#underWay = capacity;
    const offsets = crowds.map((crowd) => crowd.offsets.filter((offset) => offset !== undefined));
    const soonest = offsets.map((of) => Math.min(...of, lead));
    const latest = offsets.map((of) => Math.max(...of, 0));
    const table = (value: (ride: RideTerms, departure: number, at: number) => number): Float64Array =>
      Float64Array.from({ length: (lead + slots) * rides.length }, (_, key) => {
        const at = key % rides.length;
        const ride = rides[at];
        return ride ? value(ride, Math.floor(key / rides.length) - lead, at) : 0;
      });
    const clamp = (slot: number): number => Math.max(0, Math.min(slots, slot));
    this.#come = table(({ comeBefore }, slot, at) =>
      slot + (soonest[at] ?? 0) < slots && slot + (latest[at] ?? 0) >= 0
        ? (comeBefore[clamp(slot + (latest[at] ?? 0))] ?? 0)
        : 0,
    );
    this.#worth = table(({ worth }, slot, at) => worth[clamp(slot + (soonest[at] ?? 0))] ?? 0);
    this.#due = table(({ due }, slot, at) => due[slot + (soonest[at] ?? 0)] ?? 0);
    this.#lateCost = Float64Array.from(rides, ({ due, lateCost }) => (due.length > 0 ? lateCost : 0));
    this.#future = Float64Array.from({ length: lead + slots }, (_, departure) => {
      const next = Math.min(departure + 1, lead + slots - 1) - lead;
      return rides.reduce((sum, { comeBefore, worth }, at) => {
        const [soon, late] = [soonest[at] ?? 0, latest[at] ?? 0];
        const until = clamp(next + late);
        let saved = (comeBefore[until] ?? 0) * (worth[clamp(next + soon)] ?? 0);
        for (let slot = until; slot < slots; slot += 1)
          saved +=
            ((comeBefore[slot + 1] ?? 0) - (comeBefore[slot] ?? 0)) * (worth[clamp(slot + 1 - late + soon)] ?? 0);
        return sum + saved;
      }, 0);
    });
    this.#idleCost = rides.reduce((sum, { idleCost }) => sum + idleCost, 0);
  }

  /**
   * At these prices: (position x kinds + kind) x slots + slot, infinite where none can leave. `upper`: what some departures cost at these prices, if that is known.
   */
  find(prices: Float64Array, upper = Infinity): number {
    const { network } = this.#compiled;
    const [slots, lead] = [this.#slots, this.#lead];
    const choices = this.#strand.patterns.map((pattern, position) =>
      Array.from({ length: slots }, (_, slot) =>
        choicesAt(
          network.kinds.map(({ capacity }, kind) => ({
            capacity,
            price: prices[(position * network.kinds.length + kind) * slots + slot] ?? Infinity,
          })),
          network.patterns[pattern]?.most[slot] ?? 0,
        ),
      ),
    );
    let live: Label[] = [this.#first()];
    for (let departure = 0; departure < lead + slots; departure += 1) {
      const slot = departure - lead;
      for (const position of this.#strand.patterns.keys()) {
        const room = this.#underWay[position * (lead + slots) + departure] ?? 0;
        if (room > 0) for (const label of live) this.#board(label, position, departure, room);
      }
      if (slot >= 0) {
        for (const label of live) label.before.set(label.made);
        for (const position of this.#strand.patterns.keys()) {
          live = this.#extend(live, position, departure, choices[position]?.[slot] ?? []);
        }
      }
      for (const label of live) this.#endSlot(label, departure);
      live = this.#thin(live, departure, upper);
    }
    return live.reduce((least, { cost }) => Math.min(least, this.#idleCost + cost), upper);
  }

  #first(): Label {
    const patterns = this.#strand.patterns.length;
    return {
      cost: 0,
      gone: new Float64Array(this.#crowds),
      made: new Int32Array(patterns),
      before: new Int32Array(patterns),
      merit: 0,
    };
  }

  #extend(live: readonly Label[], position: number, departure: number, choices: readonly Choice[]): Label[] {
    const made: Label[] = [...live];
    const crowd = departure * this.#crowds + this.#crowd;
    const counts = this.#terms[position] !== undefined;
    for (const label of live) {
      const waiting = (this.#come[crowd] ?? 0) - (label.gone[this.#crowd] ?? 0);
      let isServed = 0;
      for (const { count, capacity, price } of choices) {
        // Where all find a place, larger vehicles do no more, and more of them only where they are counted.
        if (isServed === count || (isServed > 0 && !counts)) continue;
        const next = {
          cost: label.cost + price,
          gone: label.gone.slice(),
          made: label.made.slice(),
          before: label.before.slice(),
          merit: 0,
        };
        next.made[position] = (next.made[position] ?? 0) + count;
        this.#board(next, position, departure, capacity);
        made.push(next);
        if (capacity >= waiting) isServed = count;
      }
    }
    return made;
  }

  #board(label: Label, position: number, departure: number, room: number): void {
    const row = departure * this.#crowds;
    for (const ride of this.#served[position] ?? []) {
      const waiting = (this.#come[row + ride] ?? 0) - (label.gone[ride] ?? 0);
      if (waiting <= 0) continue;
      const people = ride === this.#crowd ? Math.min(waiting, room) : waiting;
      label.gone[ride] = (label.gone[ride] ?? 0) + people;
      label.cost -= people * (this.#worth[row + ride] ?? 0);
    }
  }

  #endSlot(label: Label, departure: number): void {
    const slot = departure - this.#lead;
    const row = departure * label.gone.length;
    for (let ride = 0; ride < label.gone.length; ride += 1) {
      const late = (this.#due[row + ride] ?? 0) - (label.gone[ride] ?? 0);
      if (late > 0) label.cost += late * (this.#lateCost[ride] ?? 0);
    }
    if (slot < 0) return;
    for (const [position, terms] of this.#terms.entries()) {
      if (!terms) continue;
      const through = label.made[position] ?? 0;
      const here = through - (label.before[position] ?? 0);
      label.cost += terms.missedCost * Math.max(0, (terms.least[slot] ?? 0) - through);
      label.cost += terms.missedCost * Math.max(0, (terms.added[slot] ?? 0) - here);
      if (slot < terms.previous.length && here < MANY)
        label.cost += terms.changeCost * Math.abs(here - (terms.previous[slot] ?? 0));
    }
  }

  #thin(live: readonly Label[], departure: number, upper: number): Label[] {
    const next = Math.min(departure + 1, this.#lead + this.#slots - 1);
    const row = next * this.#crowds;
    for (const label of live) {
      label.merit = label.cost + this.#savedAt(row, label.gone);
    }
    const hopeless = upper - this.#idleCost + (this.#future[departure] ?? 0);
    const kept: Label[] = [];
    for (const label of [...live].sort((a, b) => a.merit - b.merit)) {
      if (label.merit > hopeless + SAME || kept.some((other) => isAsGood(other, label))) continue;
      kept.push(label);
    }
    while (kept.length > MOST_LABELS) {
      let closest = 0;
      for (let at = 1; at + 1 < kept.length; at += 1) if (apart(kept, at) < apart(kept, closest)) closest = at;
      const [one, other] = [kept[closest], kept[closest + 1]];
      if (one && other) kept.splice(closest, 2, bestOf(one, other));
    }
    for (const label of kept) label.cost = label.merit - this.#savedAt(row, label.gone);
    return kept;
  }

  /** What boarding at the departure of a row would have saved those who have gone. */
  #savedAt(row: number, gone: Float64Array): number {
    let saved = 0;
    for (let ride = 0; ride < gone.length; ride += 1) saved += (gone[ride] ?? 0) * (this.#worth[row + ride] ?? 0);
    return saved;
  }
}

/** People of one group who wait at one stop for the same patterns, wherever they go. */
interface Crowd {
  readonly terms: RideTerms;
  /** By position: when the pattern calls there after departure. */
  readonly offsets: readonly (number | undefined)[];
}

/** Rides that compete for the same places at the same prices, as one: whoever of them boards, it costs the same, but for who is late, which is no less together. */
const crowdsOf = ({ rides, problem }: CompiledProblem, strand: Strand): readonly Crowd[] => {
  const crowds = new Map<string, Crowd>();
  for (const index of strand.rides) {
    const [ride, terms] = [problem.rides[index], rides[index]];
    if (!ride || !terms) continue;
    const offsets = strand.services.map((of) => of.find((service) => service.ride === index)?.boardOffset);
    const key = JSON.stringify([
      ride.group,
      ride.from_stop,
      offsets.map((offset) => offset ?? -1),
      terms.due.length > 0,
    ]);
    const known = crowds.get(key);
    crowds.set(key, { terms: known ? addTerms(known.terms, terms) : terms, offsets });
  }
  return [...crowds.values()];
};

const addTerms = (one: RideTerms, other: RideTerms): RideTerms => {
  const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value + (b[at] ?? 0));
  return {
    ...one,
    comeBefore: sum(one.comeBefore, other.comeBefore),
    due: sum(one.due, other.due),
    idleCost: one.idleCost + other.idleCost,
  };
};

/** The ways of leaving in one slot, fewer vehicles first, the cheapest of a count first, and none that is dearer than one of the same count that holds as many. */
const choicesAt = (
  kinds: readonly { readonly capacity: number; readonly price: number }[],
  most: number,
): readonly Choice[] => {
  const open = kinds.filter(({ price }) => price < Infinity);
  const cheapest = Math.min(...open.map(({ price }) => price));
  if (open.length === 0 || most <= 0) return [];
  const choices: Choice[] = [];
  let last: readonly Choice[] = [{ count: 0, capacity: 0, price: 0 }];
  for (let count = 1; count <= Math.min(most, MOST_TOGETHER); count += 1) {
    const all = last
      .flatMap((choice) =>
        open.map(({ capacity, price }) => ({
          count,
          capacity: choice.capacity + capacity,
          price: choice.price + price,
        })),
      )
      .sort((a, b) => a.price - b.price || b.capacity - a.capacity);
    last = all.filter(({ capacity }, at) => all.slice(0, at).every((cheaper) => cheaper.capacity < capacity));
    choices.push(...last);
  }
  if (most > MOST_TOGETHER)
    choices.push({ count: MANY, capacity: Infinity, price: (MOST_TOGETHER + 1) * Math.max(0, cheapest) });
  return choices;
};

/** Whether one label, of at most the other's merit, is at least as good in everything: whoever has gone only there could save the other no more than the next departure would. */
const isAsGood = (one: Label, other: Label): boolean => {
  for (let ride = 0; ride < one.gone.length; ride += 1)
    if ((one.gone[ride] ?? 0) < (other.gone[ride] ?? 0)) return false;
  for (let position = 0; position < one.made.length; position += 1)
    if ((one.made[position] ?? 0) < (other.made[position] ?? 0)) return false;
  return true;
};

const apart = (labels: readonly Label[], at: number): number =>
  (labels[at + 1]?.merit ?? Infinity) - (labels[at]?.merit ?? -Infinity);

const bestOf = (one: Label, other: Label): Label => ({
  cost: Math.min(one.cost, other.cost),
  gone: one.gone.map((gone, ride) => Math.max(gone, other.gone[ride] ?? 0)),
  made: one.made.map((count, position) => Math.max(count, other.made[position] ?? 0)),
  before: one.before.slice(),
  merit: Math.min(one.merit, other.merit),
});
