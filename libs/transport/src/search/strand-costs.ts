import type { RideTerms } from './rides.js';
import type { Service, Strand } from './strands.js';

/** One call of a pattern: in each slot one departure is there, the one that left `offset` slots before. Services are positions in the strand's list. */
interface Visit {
  /** Of the pattern, in the strand. */
  readonly position: number;
  readonly offset: number;
  /** Who boards, equals together, the highest priority first. */
  readonly tiers: readonly Int32Array[];
  /** Who stays on board. */
  readonly through: Int32Array;
  /** Who alights to go on with another ride. */
  readonly going: Int32Array;
}

/**
 * Exact costs to passengers of the departures of one strand, by following its people slot by slot. A changed departure is followed only from its first call
 * to where everything is again as in the base. Patterns go by their position in the strand; departures are numbered slot + `lead`, so that those under way,
 * which left before the horizon, have numbers too.
 */
export class StrandCosts {
  readonly lead: number;
  /** Places of each departure: pattern x departures + departure. Written by the owner, before `rebase`. */
  readonly capacity: Float64Array;
  readonly accessible: Float64Array;
  /** Cost of the base. */
  cost = 0;
  /** Whether in the last `change` somebody was left behind by the departure that it was about: if not, more places there would be empty. */
  wasFull = false;
  readonly #slots: number;
  readonly #departures: number;
  readonly #rides: number;
  readonly #services: number;
  readonly #visits: readonly Visit[];
  readonly #idleCost: number;
  readonly #hasLate: boolean;
  // By pattern: offset of the first call at which people board, and of the last at which they board or go on with another ride.
  readonly #firstCall: Int32Array;
  readonly #lastCall: Int32Array;
  // By service: its ride, and the ride that those who alight go on with.
  readonly #rideOf: Int32Array;
  readonly #thenOf: Int32Array;
  /** By slots since departure, from one on: services that people may be on board for. */
  readonly #ridingAfter: readonly Int32Array[];
  readonly #patternOf: Int32Array;
  readonly #isAccessible: Uint8Array;
  readonly #lateCost: Float64Array;
  // By slot and ride.
  readonly #come: Float64Array;
  readonly #worth: Float64Array;
  readonly #due: Float64Array;
  /** People of each ride who have boarded, less those who joined from another ride, at each slot's start in the base. */
  readonly #goneBefore: Float64Array;
  readonly #costBefore: Float64Array;
  /** People on board, by departure and service, in the base; and in the run under way. */
  readonly #aboardBase: Float64Array;
  readonly #aboard: Float64Array;
  readonly #gone: Float64Array;
  /** Departures that leave somebody behind: in the base, and in the run under way. */
  readonly #isFullBase: Uint8Array;
  readonly #isFull: Uint8Array;

  constructor(terms: readonly RideTerms[], strand: Strand, slots: number, lead: number) {
    const rides = strand.rides.flatMap((ride) => terms[ride] ?? []);
    const rideIndex = new Map(rides.map(({ index }, at) => [index, at]));
    const services = strand.services.flatMap((ofPattern, position) =>
      ofPattern.map((service) => ({ service, position })),
    );
    this.#slots = slots;
    this.lead = lead;
    this.#departures = lead + slots;
    this.#rides = rides.length;
    this.#services = services.length;
    this.capacity = new Float64Array(strand.patterns.length * this.#departures);
    this.accessible = new Float64Array(this.capacity.length);
    this.#idleCost = rides.reduce((sum, { idleCost }) => sum + idleCost, 0);
    this.#hasLate = rides.some(({ due, lateCost }) => due.length > 0 && lateCost > 0);
    this.#firstCall = Int32Array.from(strand.services, (ofPattern) =>
      Math.min(lead, ...ofPattern.map(({ boardOffset }) => boardOffset)),
    );
    this.#lastCall = Int32Array.from(strand.services, (ofPattern) =>
      Math.max(
        0,
        ...ofPattern.map(({ ride, boardOffset, alightOffset }) =>
          (terms[ride]?.then ?? -1) < 0 ? boardOffset : alightOffset,
        ),
      ),
    );
    this.#rideOf = Int32Array.from(services, ({ service }) => rideIndex.get(service.ride) ?? 0);
    this.#thenOf = Int32Array.from(services, ({ service }) => rideIndex.get(terms[service.ride]?.then ?? -1) ?? -1);
    this.#patternOf = Int32Array.from(services, ({ position }) => position);
    this.#ridingAfter = Array.from({ length: lead }, (_, before) =>
      Int32Array.from(
        [...services.entries()].flatMap(([at, { service }]) =>
          service.boardOffset <= before && service.alightOffset > before ? [at] : [],
        ),
      ),
    );
    this.#isAccessible = Uint8Array.from(services, ({ service }) => (terms[service.ride]?.accessible ? 1 : 0));
    // Where nobody is ever late, those who join may make more come than have come.
    this.#lateCost = Float64Array.from(rides, ({ due, lateCost }) => (due.length > 0 ? lateCost : 0));
    const table = (value: (ride: RideTerms, slot: number) => number | undefined): Float64Array =>
      Float64Array.from({ length: slots * rides.length }, (_, at) => {
        const ride = rides[at % rides.length];
        return (ride && value(ride, Math.floor(at / rides.length))) ?? 0;
      });
    this.#come = table(({ comeBefore }, slot) => comeBefore[slot]);
    this.#worth = table(({ worth }, slot) => worth[slot]);
    this.#due = table(({ due }, slot) => due[slot]);
    this.#visits = visitsOf(strand, terms);
    this.#goneBefore = new Float64Array((slots + 1) * rides.length);
    this.#costBefore = new Float64Array(slots + 1);
    this.#aboardBase = new Float64Array(this.#departures * services.length);
    this.#aboard = new Float64Array(this.#aboardBase.length);
    this.#gone = new Float64Array(rides.length);
    this.#isFullBase = new Uint8Array(this.capacity.length);
    this.#isFull = new Uint8Array(this.capacity.length);
  }

  /** Takes the places as the base that `change` compares with. Returns their cost. */
  rebase(): number {
    this.#gone.fill(0);
    this.#aboard.fill(0);
    this.#isFull.fill(0);
    let cost = this.#idleCost;
    for (let slot = 0; slot < this.#slots; slot += 1) {
      this.#goneBefore.set(this.#gone, slot * this.#rides);
      this.#costBefore[slot] = cost;
      cost += this.#follow(slot);
    }
    this.#goneBefore.set(this.#gone, this.#slots * this.#rides);
    this.#costBefore[this.#slots] = cost;
    this.#aboardBase.set(this.#aboard);
    this.#isFullBase.set(this.#isFull);
    this.cost = cost;
    return cost;
  }

  /**
   * What the cost changes when the departure of a pattern in `slot` has so many more places (negative: less) and, unless `otherSlot` is -1,
   * the one in `otherSlot` so many less. The base stays.
   */
  change(pattern: number, slot: number, otherSlot: number, capacity: number, accessible: number): number {
    const one = pattern * this.#departures + slot + this.lead;
    const other = otherSlot < 0 ? -1 : pattern * this.#departures + otherSlot + this.lead;
    const first = other < 0 || slot < otherSlot ? slot : otherSlot;
    const last = slot > otherSlot ? slot : otherSlot;
    const start = first + (this.#firstCall[pattern] ?? 0);
    this.wasFull = false;
    if (start >= this.#slots) return 0;
    // Who drives with places to spare carries nobody more with others beside them.
    const hasSpare = (this.capacity[one] ?? 0) > 0 && this.#isFullBase[one] === 0;
    if (other < 0 && capacity >= 0 && accessible >= 0 && hasSpare) return 0;
    this.#isFull[one] = 0;
    this.#add(one, capacity, accessible);
    if (other >= 0) this.#add(other, -capacity, -accessible);
    this.#copyBase(start);
    // Who does not drive has nobody on board, before and after.
    this.#leaveEmpty(pattern, one);
    if (other >= 0) this.#leaveEmpty(pattern, other);
    const change = this.#followFrom(start, last + (this.#lastCall[pattern] ?? 0));
    this.wasFull = this.#isFull[one] === 1;
    this.#add(one, -capacity, -accessible);
    if (other >= 0) this.#add(other, capacity, accessible);
    this.#leaveEmpty(pattern, one);
    return change;
  }

  /** Goes back to the base at a slot's start. */
  #copyBase(slot: number): void {
    const rides = this.#rides;
    const services = this.#services;
    for (let ride = 0; ride < rides; ride += 1) this.#gone[ride] = this.#goneBefore[slot * rides + ride] ?? 0;
    const until = (slot + this.lead) * services;
    for (let at = slot * services; at < until; at += 1) this.#aboard[at] = this.#aboardBase[at] ?? 0;
  }

  /** Takes everybody off a departure without places. */
  #leaveEmpty(pattern: number, departure: number): void {
    if ((this.capacity[departure] ?? 0) > 0) return;
    const start = (departure - pattern * this.#departures) * this.#services;
    for (let service = 0; service < this.#services; service += 1) {
      if (this.#patternOf[service] === pattern) this.#aboard[start + service] = 0;
    }
  }

  /** Change of cost, from the base at the start of slot `first`, when calls changed in slots until `last`. */
  #followFrom(first: number, last: number): number {
    const slots = this.#slots;
    let cost = this.#costBefore[first] ?? 0;
    for (let slot = first; slot < slots; slot += 1) {
      cost += this.#follow(slot);
      if (slot >= last && this.#isAsBase(slot + 1)) return cost - (this.#costBefore[slot + 1] ?? 0);
    }
    return cost - (this.#costBefore[slots] ?? 0);
  }

  /** Whether the queues, and who is on board of what still calls, are those of the base at the start of a slot. */
  #isAsBase(slot: number): boolean {
    const rides = this.#rides;
    const services = this.#services;
    for (let ride = 0, at = slot * rides; ride < rides; ride += 1, at += 1) {
      if (this.#gone[ride] !== this.#goneBefore[at]) return false;
    }
    for (let since = 1; since <= this.lead; since += 1) {
      const riding = this.#ridingAfter[since - 1];
      if (!riding) continue;
      const start = (slot + this.lead - since) * services;
      for (let index = 0, last = riding.length; index < last; index += 1) {
        const at = start + (riding[index] ?? 0);
        if (this.#aboard[at] !== this.#aboardBase[at]) return false;
      }
    }
    return true;
  }

  #add(departure: number, capacity: number, accessible: number): void {
    this.capacity[departure] = (this.capacity[departure] ?? 0) + capacity;
    this.accessible[departure] = (this.accessible[departure] ?? 0) + accessible;
  }

  /** One slot: its calls, then who is late at its end. Returns its change of cost. */
  #follow(slot: number): number {
    const gone = this.#gone;
    const due = this.#due;
    const rides = this.#rides;
    let cost = 0;
    for (let index = 0, last = this.#visits.length; index < last; index += 1) {
      const visit = this.#visits[index];
      if (!visit) break;
      const departure = slot + this.lead - visit.offset;
      const key = visit.position * this.#departures + departure;
      const places = this.capacity[key] ?? 0;
      const start = departure * this.#services;
      if (places > 0) cost += this.#call(visit, slot, start, key, places);
    }
    if (!this.#hasLate) return cost;
    for (let ride = 0, at = slot * rides; ride < rides; ride += 1, at += 1) {
      const late = (due[at] ?? 0) - (gone[ride] ?? 0);
      if (late > 0) cost += late * (this.#lateCost[ride] ?? 0);
    }
    return cost;
  }

  #call(visit: Visit, slot: number, start: number, key: number, places: number): number {
    const gone = this.#gone;
    const aboard = this.#aboard;
    const come = this.#come;
    const worth = this.#worth;
    const rideOf = this.#rideOf;
    const isAccessible = this.#isAccessible;
    const now = slot * this.#rides;
    let cost = 0;
    for (let index = 0, last = visit.going.length; index < last; index += 1) {
      const service = visit.going[index] ?? 0;
      const then = this.#thenOf[service] ?? 0;
      const people = aboard[start + service] ?? 0;
      gone[then] = (gone[then] ?? 0) - people;
      cost += people * (worth[now + then] ?? 0);
    }
    if (visit.tiers.length === 0) return cost;
    let room = places;
    let accessibleRoom = this.accessible[key] ?? 0;
    for (let index = 0, last = visit.through.length; index < last; index += 1) {
      const service = visit.through[index] ?? 0;
      const people = aboard[start + service] ?? 0;
      room -= people;
      if (isAccessible[service] === 1) accessibleRoom -= people;
    }
    for (let index = 0, last = visit.tiers.length; index < last; index += 1) {
      const tier = visit.tiers[index];
      if (!tier) break;
      let wanting = 0;
      let needing = 0;
      for (let at = 0, last = tier.length; at < last; at += 1) {
        const service = tier[at] ?? 0;
        const ride = rideOf[service] ?? 0;
        const queue = (come[now + ride] ?? 0) - (gone[ride] ?? 0);
        if (queue <= 0) continue;
        if (isAccessible[service] === 1) needing += queue;
        else wanting += queue;
      }
      const accessibleShare = needing > accessibleRoom ? (accessibleRoom > 0 ? accessibleRoom / needing : 0) : 1;
      const total = wanting + needing * accessibleShare;
      const share = total > room ? (room > 0 ? room / total : 0) : 1;
      if (share < 1 || accessibleShare < 1) this.#isFull[key] = 1;
      for (let at = 0, last = tier.length; at < last; at += 1) {
        const service = tier[at] ?? 0;
        const ride = rideOf[service] ?? 0;
        const arrived = come[now + ride] ?? 0;
        const queue = arrived - (gone[ride] ?? 0);
        const part = isAccessible[service] === 1 ? share * accessibleShare : share;
        if (queue <= 0 || part === 0) {
          aboard[start + service] = 0;
          continue;
        }
        const people = part === 1 ? queue : queue * part;
        // All who wait: the queue is empty exactly, so that runs that differed before are the same again.
        gone[ride] = part === 1 ? arrived : (gone[ride] ?? 0) + people;
        aboard[start + service] = people;
        cost -= people * (worth[now + ride] ?? 0);
        room -= people;
        if (isAccessible[service] === 1) accessibleRoom -= people;
      }
    }
    return cost;
  }
}

/** Older departures first, then in the order of patterns and calls. */
const visitsOf = (strand: Strand, terms: readonly RideTerms[]): readonly Visit[] => {
  const all = strand.services.flatMap((ofPattern, position) => ofPattern.map((service) => ({ service, position })));
  const visits = strand.services.flatMap((ofPattern, position) =>
    relevantCalls(ofPattern).map(({ call, offset }) => {
      const servicesWhere = (isMeant: (service: Service) => boolean): number[] =>
        [...all.keys()].filter((at) => all[at]?.position === position && isMeant(all[at].service));
      const priorityOf = (at: number): number => terms[all[at]?.service.ride ?? -1]?.priority ?? 0;
      const boarding = servicesWhere(({ boardCall }) => boardCall === call);
      const priorities = [...new Set(boarding.map(priorityOf))].sort((a, b) => b - a);
      return {
        position,
        offset,
        call,
        tiers: priorities.map((priority) => Int32Array.from(boarding.filter((at) => priorityOf(at) === priority))),
        through: Int32Array.from(servicesWhere(({ boardCall, alightCall }) => boardCall < call && alightCall > call)),
        going: Int32Array.from(
          servicesWhere(({ ride, alightCall }) => alightCall === call && (terms[ride]?.then ?? -1) >= 0),
        ),
      };
    }),
  );
  return visits
    .filter(({ tiers, going }) => tiers.length > 0 || going.length > 0)
    .sort((a, b) => b.offset - a.offset || a.position - b.position || a.call - b.call);
};

const relevantCalls = (services: readonly Service[]): readonly { readonly call: number; readonly offset: number }[] =>
  [
    ...new Map(
      services.flatMap((service) => [
        [service.boardCall, service.boardOffset] as const,
        [service.alightCall, service.alightOffset] as const,
      ]),
    ),
  ].map(([call, offset]) => ({ call, offset }));
