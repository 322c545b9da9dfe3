import type { RideTerms } from './rides.js';
import type { Strand } from './strands.js';

/** Rides of a call with one priority: services [first, last) of the pattern, sorted. */
interface Tier {
  readonly first: number;
  readonly last: number;
}

/** Fewer people than these are rounding. */
const NOBODY = 1e-9;

/**
 * One pattern's departures, each followed from its first call to its last before the next: exact where departures do not overtake each other, near
 * enough for a proposal elsewhere. All that is left between departures is how many of each ride have gone.
 */
export class SkewedBoarding {
  readonly #tiersOfCall: readonly (readonly Tier[])[];
  readonly #services: number;
  // By service: position of its ride in the strand, call of alighting.
  readonly #rideOf: Int32Array;
  readonly #alight: Int32Array;
  readonly #isAccessible: Uint8Array;
  readonly #lateCost: Float64Array;
  readonly #hasLate: boolean;
  // By departure number and service: who has come before it calls, what boarding it saves, who is late after it.
  readonly #come: Float64Array;
  readonly #worth: Float64Array;
  readonly #due: Float64Array;
  readonly #leaving: Float64Array;
  readonly #leavingAccessible: Float64Array;

  /** `latenessOf`: the rides whose lateness is counted here. */
  constructor(
    strand: Strand,
    position: number,
    terms: readonly RideTerms[],
    slots: number,
    lead: number,
    latenessOf: ReadonlySet<number>,
  ) {
    const served = (strand.services[position] ?? [])
      .flatMap((service) => {
        const ride = terms[service.ride];
        return ride ? [{ service, ride }] : [];
      })
      .sort((a, b) => a.service.boardCall - b.service.boardCall || b.ride.priority - a.ride.priority);
    const calls = [...new Set(served.flatMap(({ service }) => [service.boardCall, service.alightCall]))].sort(
      (a, b) => a - b,
    );
    this.#services = served.length;
    this.#tiersOfCall = calls.map((call) => {
      const tiers: Tier[] = [];
      for (const [at, { service, ride }] of served.entries()) {
        if (service.boardCall !== call) continue;
        const tier = tiers.at(-1);
        if (tier && served[tier.first]?.ride.priority === ride.priority)
          tiers[tiers.length - 1] = { first: tier.first, last: at + 1 };
        else tiers.push({ first: at, last: at + 1 });
      }
      return tiers;
    });
    this.#rideOf = Int32Array.from(served, ({ ride }) => strand.rides.indexOf(ride.index));
    this.#alight = Int32Array.from(served, ({ service }) => calls.indexOf(service.alightCall));
    this.#isAccessible = Uint8Array.from(served, ({ ride }) => (ride.accessible ? 1 : 0));
    this.#lateCost = Float64Array.from(served, ({ ride }) =>
      latenessOf.has(ride.index) && ride.due.length > 0 ? ride.lateCost : 0,
    );
    this.#hasLate = this.#lateCost.some((cost) => cost > 0);
    const table = (value: (ride: RideTerms, slot: number) => number | undefined, outside: number): Float64Array =>
      Float64Array.from({ length: (lead + slots) * served.length }, (_, at) => {
        const each = served[at % served.length];
        const slot = Math.floor(at / served.length) - lead + (each?.service.boardOffset ?? 0);
        return each && slot >= 0 && slot < slots ? (value(each.ride, slot) ?? 0) : outside;
      });
    // Where a departure calls outside the horizon nobody has come for it.
    this.#come = table(({ comeBefore }, slot) => comeBefore[slot], -1);
    this.#worth = table(({ worth }, slot) => worth[slot], 0);
    this.#due = table(({ due }, slot) => due[slot], 0);
    this.#leaving = new Float64Array(calls.length);
    this.#leavingAccessible = new Float64Array(calls.length);
  }

  /** Boards one departure at all its calls; `gone` starts at `start`. Returns what that saves. */
  board(departure: number, places: number, accessiblePlaces: number, gone: Float64Array, start: number): number {
    const [come, leaving, leavingAccessible] = [this.#come, this.#leaving, this.#leavingAccessible];
    const row = departure * this.#services;
    let saved = 0;
    let room = places;
    let accessibleRoom = accessiblePlaces;
    leaving.fill(0);
    leavingAccessible.fill(0);
    for (let call = 0, last = this.#tiersOfCall.length; call < last; call += 1) {
      const tiers = this.#tiersOfCall[call];
      if (!tiers) break;
      room += leaving[call] ?? 0;
      accessibleRoom += leavingAccessible[call] ?? 0;
      for (let index = 0, last = tiers.length; index < last; index += 1) {
        const tier = tiers[index];
        if (!tier) break;
        let wanting = 0;
        let needing = 0;
        for (let service = tier.first; service < tier.last; service += 1) {
          const queue = (come[row + service] ?? 0) - (gone[start + (this.#rideOf[service] ?? 0)] ?? 0);
          if (queue <= 0) continue;
          if (this.#isAccessible[service] === 1) needing += queue;
          else wanting += queue;
        }
        const accessibleShare = needing > accessibleRoom ? Math.max(0, accessibleRoom) / needing : 1;
        const total = wanting + needing * accessibleShare;
        if (total <= 0 || room <= 0) continue;
        const share = total > room ? room / total : 1;
        for (let service = tier.first; service < tier.last; service += 1) {
          const at = start + (this.#rideOf[service] ?? 0);
          const queue = (come[row + service] ?? 0) - (gone[at] ?? 0);
          if (queue <= 0) continue;
          const people = queue * (this.#isAccessible[service] === 1 ? share * accessibleShare : share);
          gone[at] = (gone[at] ?? 0) + people;
          saved += people * (this.#worth[row + service] ?? 0);
          room -= people;
          const alight = this.#alight[service] ?? 0;
          leaving[alight] = (leaving[alight] ?? 0) + people;
          if (this.#isAccessible[service] === 1) {
            accessibleRoom -= people;
            leavingAccessible[alight] = (leavingAccessible[alight] ?? 0) + people;
          }
        }
      }
    }
    return saved;
  }

  /** Whether nobody is left whom this departure could have taken. */
  isServed(departure: number, gone: Float64Array, start: number): boolean {
    for (let service = 0, at = departure * this.#services; service < this.#services; service += 1, at += 1) {
      if ((this.#come[at] ?? 0) - (gone[start + (this.#rideOf[service] ?? 0)] ?? 0) > NOBODY) return false;
    }
    return true;
  }

  /** Lateness in the slot in which this departure number calls at each stop. */
  lateAfter(departure: number, gone: Float64Array, start: number): number {
    if (!this.#hasLate) return 0;
    let cost = 0;
    for (let service = 0, at = departure * this.#services; service < this.#services; service += 1, at += 1) {
      const late = (this.#due[at] ?? 0) - (gone[start + (this.#rideOf[service] ?? 0)] ?? 0);
      if (late > 0) cost += late * (this.#lateCost[service] ?? 0);
    }
    return cost;
  }
}
