import type { LineCosts } from './line-costs.js';
import type { RideTerms } from './rides.js';
import type { Service } from './strands.js';

/** Rides that board at one call with one priority share the places: positions [first, last) among the pattern's rides. */
interface Tier {
  readonly first: number;
  readonly last: number;
}

/** A call where somebody boards or alights. */
interface RelevantCall {
  readonly offset: number;
  readonly tiers: readonly Tier[];
}

/**
 * Costs of a strand of one pattern, none of whose rides go on with another. Departures cannot overtake each other, so each is followed from its first
 * call to its last before the next: all that is left for the next are the queues. `lead` is at least the largest offset, so that every slot of every queue
 * belongs to one departure number.
 */
export class SinglePatternCosts implements LineCosts {
  readonly lead: number;
  readonly capacity: Float64Array;
  readonly accessible: Float64Array;
  cost = 0;
  readonly #departures: number;
  readonly #rides: number;
  readonly #idleCost: number;
  readonly #calls: readonly RelevantCall[];
  // By ride: offset of boarding, call of alighting, accessible, cost of lateness.
  readonly #offset: Int32Array;
  readonly #alight: Int32Array;
  readonly #isAccessible: Uint8Array;
  readonly #lateCost: Float64Array;
  readonly #hasLate: boolean;
  readonly #hasAccessible: boolean;
  // By ride and departure: who has come before it calls, what boarding it saves, who is late after it.
  readonly #come: Float64Array;
  readonly #worth: Float64Array;
  readonly #due: Float64Array;
  /** People of each ride who have boarded before each departure of the base. */
  readonly #before: Float64Array;
  /** Cost of the base before each departure. */
  readonly #costBefore: Float64Array;
  /** People of each ride who have boarded, in the run under way. */
  readonly #gone: Float64Array;
  readonly #leaving: Float64Array;
  readonly #leavingAccessible: Float64Array;

  constructor(terms: readonly RideTerms[], services: readonly Service[], slots: number, lead: number) {
    const served = services
      .flatMap((service) => {
        const ride = terms[service.ride];
        return ride ? [{ service, ride }] : [];
      })
      .sort(
        (a, b) =>
          a.service.boardCall - b.service.boardCall || b.ride.priority - a.ride.priority || a.ride.index - b.ride.index,
      );
    const rides = served.length;
    this.lead = lead;
    this.#departures = lead + slots;
    this.#rides = rides;
    this.capacity = new Float64Array(this.#departures);
    this.accessible = new Float64Array(this.#departures);
    this.#idleCost = served.reduce((sum, { ride }) => sum + ride.idleCost, 0);
    const calls = [...new Set(served.flatMap(({ service }) => [service.boardCall, service.alightCall]))].sort(
      (a, b) => a - b,
    );
    this.#calls = calls.map((call): RelevantCall => {
      const tiers: Tier[] = [];
      let offset = 0;
      for (const [position, { service, ride }] of served.entries()) {
        if (service.boardCall !== call) continue;
        offset = service.boardOffset;
        const tier = tiers.at(-1);
        if (tier && served[tier.first]?.ride.priority === ride.priority)
          tiers[tiers.length - 1] = { first: tier.first, last: position + 1 };
        else tiers.push({ first: position, last: position + 1 });
      }
      return { offset, tiers };
    });
    this.#offset = Int32Array.from(served, ({ service }) => service.boardOffset);
    this.#alight = Int32Array.from(served, ({ service }) => calls.indexOf(service.alightCall));
    this.#isAccessible = Uint8Array.from(served, ({ ride }) => (ride.accessible ? 1 : 0));
    this.#lateCost = Float64Array.from(served, ({ ride }) => ride.lateCost);
    this.#hasLate = served.some(({ ride }) => ride.due.length > 0 && ride.lateCost > 0);
    this.#hasAccessible = served.some(({ ride }) => ride.accessible);
    const table = (value: (ride: RideTerms, slot: number) => number, outside: number): Float64Array => {
      const values = new Float64Array(this.#departures * rides);
      for (let departure = 0; departure < this.#departures; departure += 1) {
        for (const [position, { service, ride }] of served.entries()) {
          const slot = departure - lead + service.boardOffset;
          values[departure * rides + position] = slot >= 0 && slot < slots ? value(ride, slot) : outside;
        }
      }
      return values;
    };
    // Where a departure calls outside the horizon nobody has come for it.
    this.#come = table((ride, slot) => ride.comeBefore[slot] ?? 0, -1);
    this.#worth = table((ride, slot) => ride.worth[slot] ?? 0, 0);
    this.#due = table((ride, slot) => ride.due[slot] ?? 0, 0);
    this.#before = new Float64Array((this.#departures + 1) * rides);
    this.#costBefore = new Float64Array(this.#departures + 1);
    this.#gone = new Float64Array(rides);
    this.#leaving = new Float64Array(calls.length);
    this.#leavingAccessible = new Float64Array(calls.length);
  }

  rebase(): number {
    const rides = this.#rides;
    this.#gone.fill(0);
    let cost = this.#idleCost;
    for (let departure = 0; departure < this.#departures; departure += 1) {
      this.#before.set(this.#gone, departure * rides);
      this.#costBefore[departure] = cost;
      const places = this.capacity[departure] ?? 0;
      if (places > 0) cost -= this.#board(departure, places, this.accessible[departure] ?? 0);
      if (this.#hasLate) cost += this.#lateAt(departure);
    }
    this.#before.set(this.#gone, this.#departures * rides);
    this.#costBefore[this.#departures] = cost;
    this.cost = cost;
    return cost;
  }

  change(_pattern: number, slot: number, otherSlot: number, capacity: number, accessible: number): number {
    const [one, other] = [slot + this.lead, otherSlot < 0 ? -1 : otherSlot + this.lead];
    const first = other < 0 || one < other ? one : other;
    const last = one > other ? one : other;
    const rides = this.#rides;
    const [gone, before] = [this.#gone, this.#before];
    for (let ride = 0; ride < rides; ride += 1) gone[ride] = before[first * rides + ride] ?? 0;
    let cost = 0;
    for (let departure = first; departure < this.#departures; departure += 1) {
      let places = this.capacity[departure] ?? 0;
      let accessiblePlaces = this.accessible[departure] ?? 0;
      if (departure === one) {
        places += capacity;
        accessiblePlaces += accessible;
      } else if (departure === other) {
        places -= capacity;
        accessiblePlaces -= accessible;
      }
      if (places > 0) cost -= this.#board(departure, places, accessiblePlaces);
      if (this.#hasLate) cost += this.#lateAt(departure);
      if (departure >= last && this.#isAsBase(departure + 1))
        return cost - (this.#costBefore[departure + 1] ?? 0) + (this.#costBefore[first] ?? 0);
    }
    return cost - (this.#costBefore[this.#departures] ?? 0) + (this.#costBefore[first] ?? 0);
  }

  #isAsBase(departure: number): boolean {
    const [gone, before, rides] = [this.#gone, this.#before, this.#rides];
    for (let ride = 0, at = departure * rides; ride < rides; ride += 1, at += 1) {
      if (gone[ride] !== before[at]) return false;
    }
    return true;
  }

  /** Boards one departure at all its calls. Returns what that saves. */
  #board(departure: number, places: number, accessiblePlaces: number): number {
    const [gone, come, leaving, leavingAccessible] = [this.#gone, this.#come, this.#leaving, this.#leavingAccessible];
    const start = departure * this.#rides;
    let saved = 0;
    let room = places;
    let accessibleRoom = accessiblePlaces;
    leaving.fill(0);
    if (this.#hasAccessible) leavingAccessible.fill(0);
    for (let call = 0; call < this.#calls.length; call += 1) {
      const relevant = this.#calls[call];
      if (!relevant) break;
      room += leaving[call] ?? 0;
      if (this.#hasAccessible) accessibleRoom += leavingAccessible[call] ?? 0;
      for (const { first, last } of relevant.tiers) {
        let wanting = 0;
        let wantingAccessible = 0;
        for (let ride = first; ride < last; ride += 1) {
          const queue = (come[start + ride] ?? 0) - (gone[ride] ?? 0);
          if (queue <= 0) continue;
          if (this.#isAccessible[ride] === 1) wantingAccessible += queue;
          else wanting += queue;
        }
        if (wanting + wantingAccessible <= 0 || room <= 0) continue;
        const accessibleShare =
          wantingAccessible > accessibleRoom ? Math.max(0, accessibleRoom) / wantingAccessible : 1;
        const total = wanting + wantingAccessible * accessibleShare;
        if (total <= 0) continue;
        const share = total > room ? room / total : 1;
        for (let ride = first; ride < last; ride += 1) {
          const arrived = come[start + ride] ?? 0;
          const queue = arrived - (gone[ride] ?? 0);
          if (queue <= 0) continue;
          const part = this.#isAccessible[ride] === 1 ? share * accessibleShare : share;
          const people = part === 1 ? queue : queue * part;
          // All who wait: the queue is empty exactly, so that runs that differed before are the same again.
          gone[ride] = part === 1 ? arrived : (gone[ride] ?? 0) + people;
          saved += people * (this.#worth[start + ride] ?? 0);
          room -= people;
          const alight = this.#alight[ride] ?? 0;
          leaving[alight] = (leaving[alight] ?? 0) + people;
          if (this.#isAccessible[ride] === 1) {
            accessibleRoom -= people;
            leavingAccessible[alight] = (leavingAccessible[alight] ?? 0) + people;
          }
        }
      }
    }
    return saved;
  }

  /** Lateness in the slot in which this departure number calls at each stop. */
  #lateAt(departure: number): number {
    const [gone, due, rides] = [this.#gone, this.#due, this.#rides];
    let cost = 0;
    for (let ride = 0, at = departure * rides; ride < rides; ride += 1, at += 1) {
      const late = (due[at] ?? 0) - (gone[ride] ?? 0);
      if (late > 0) cost += late * (this.#lateCost[ride] ?? 0);
    }
    return cost;
  }
}
