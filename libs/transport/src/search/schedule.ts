import { type CompiledProblem, strandCostsOf } from './compile.js';
import { CountPrices, type Pull } from './count-prices.js';
import { nodeAt } from './network.js';
import type { StrandCosts } from './strand-costs.js';
import type { Charge } from './charge.js';

/** How far a departure is moved in one step, in slots; the code of a shift is its position here. */
export const SHIFTS = [-3, -2, -1, 1, 2, 3] as const;
export const SHIFT_CODES = SHIFTS.length;
const FARTHEST_SHIFT = 3;

/**
 * What all vehicles do, counted by class, with the exact cost. The owner changes trips, deadheads, standing and call-outs so that every
 * vehicle stays somewhere; this keeps count, limits and costs. Call `refresh` before costs are read; marginals are there from the first one on.
 */
export class Schedule {
  readonly compiled: CompiledProblem;
  // By class.
  readonly trips: readonly Int32Array[];
  readonly deadheads: readonly Int32Array[];
  /** Trips and deadheads that end at each node. */
  readonly arrivals: readonly Int32Array[];
  /** Departures of each pattern in the slots that one shift reaches, its own slot included, by trip number. */
  readonly nearby: readonly Int32Array[];
  /** The same of all patterns that leave a node. */
  readonly nearbyAt: readonly Int32Array[];
  /** Vehicles that stand at a node through its slot. */
  readonly stand: readonly Int32Array[];
  /** Vehicles at a node, not called out yet; empty of classes that need no call. */
  readonly uncalled: readonly Int32Array[];
  readonly calls: readonly Int32Array[];
  /** What watched vehicles charge. */
  readonly charges: (readonly Charge[])[];
  /** Departures of each trip number, of all classes. */
  readonly departures: Int32Array;
  readonly kindDepartures: readonly Int32Array[];
  /** Calls that the bays still take. */
  readonly bayRoom: Int32Array;
  /** Trip numbers whose departures stay as they are. */
  readonly held: Uint8Array;
  /** How many limits forbid one more departure of each trip number. */
  readonly closed: Int32Array;
  // Marginal costs to passengers and of counts, by capacity kind: one departure more, one less, one moved (trip x SHIFT_CODES + code).
  readonly more: readonly Float64Array[];
  readonly less: readonly Float64Array[];
  readonly shift: readonly Float64Array[];
  readonly strandCosts: Float64Array;
  /** Strands whose marginal costs were computed: the effort. */
  refreshes = 0;
  #fleetCost = 0;
  readonly #lines: readonly StrandCosts[];
  readonly #callers: readonly (readonly { readonly pattern: number; readonly offset: number }[])[];
  readonly #isStale: Uint8Array;
  readonly #stale: number[] = [];
  readonly #kindsOf: readonly (readonly number[])[];
  readonly #kept = new Map<number, Kept>();
  readonly #counts: CountPrices;
  readonly #enough: Float64Array;
  readonly #marginal: Float64Array;

  constructor(compiled: CompiledProblem) {
    this.compiled = compiled;
    const { network, strands } = compiled;
    const { slots, places, classes, kinds, patterns, deadheads, bays } = network;
    const trips = patterns.length * slots;
    this.trips = classes.map(() => new Int32Array(trips));
    this.deadheads = classes.map(() => new Int32Array(deadheads.length * slots));
    this.arrivals = classes.map(() => new Int32Array(network.sink + 1));
    this.nearby = classes.map(() => new Int32Array(trips));
    this.nearbyAt = classes.map(() => new Int32Array(places * slots));
    const standing = classes.map(({ supply }) => accumulate(supply, places));
    this.stand = classes.map(({ callOutCost }, index) =>
      callOutCost > 0 ? new Int32Array(places * slots) : (standing[index] ?? new Int32Array()),
    );
    this.uncalled = classes.map(({ callOutCost }, index) =>
      callOutCost > 0 ? (standing[index] ?? new Int32Array()) : new Int32Array(),
    );
    this.calls = classes.map(({ callOutCost }) => new Int32Array(callOutCost > 0 ? places * slots : 0));
    this.charges = classes.map(() => []);
    this.departures = new Int32Array(trips);
    this.kindDepartures = kinds.map(() => new Int32Array(trips));
    this.bayRoom = Int32Array.from(bays);
    this.closed = new Int32Array(trips);
    this.held = new Uint8Array(trips);
    this.more = kinds.map(() => new Float64Array(trips).fill(Infinity));
    this.less = kinds.map(() => new Float64Array(trips));
    this.shift = kinds.map(() => new Float64Array(trips * SHIFT_CODES));
    this.#counts = new CountPrices(compiled, this.departures);
    this.#enough = new Float64Array(slots);
    this.#marginal = new Float64Array(slots);
    this.strandCosts = new Float64Array(strands.length);
    this.#lines = strands.map((strand) => strandCostsOf(compiled, strand));
    this.#isStale = new Uint8Array(strands.length);
    this.#callers = Array.from({ length: bays.length / Math.max(1, slots) }, (_, bay) =>
      patterns.flatMap(({ index, bayCalls }) =>
        bayCalls.filter((call) => call.bay === bay).map(({ offset }) => ({ pattern: index, offset })),
      ),
    );
    const placesOf = (kind: number): number => kinds[kind]?.capacity ?? 0;
    this.#kindsOf = patterns.map(({ index }) =>
      [
        ...new Set(classes.filter(({ tripCost }) => (tripCost[index] ?? Infinity) < Infinity).map(({ kind }) => kind)),
      ].sort((a, b) => placesOf(a) - placesOf(b)),
    );
    for (const [trip] of this.departures.entries()) {
      if ((patterns[Math.floor(trip / slots)]?.most[trip % slots] ?? 0) <= 0) this.#close(trip, 1);
    }
    for (const [at, room] of bays.entries()) if (room <= 0) this.#closeBay(at, 1);
    for (const strand of strands.keys()) this.#markStale(strand);
    this.recost();
  }

  /** Exact. Only after `refresh`. */
  get cost(): number {
    return this.#fleetCost + this.compiled.unservedCost + this.strandCosts.reduce((sum, cost) => sum + cost, 0);
  }

  lineOf(strand: number): StrandCosts | undefined {
    return this.#lines[strand];
  }

  /** Adds `by` departures of a class; the vehicles' whereabouts are the caller's. */
  addTrip(vehicles: number, trip: number, by: number): void {
    const { network, strandOf, positionOf } = this.compiled;
    const { slots } = network;
    const vehicleClass = network.classes[vehicles];
    const index = Math.floor(trip / slots);
    const pattern = network.patterns[index];
    const trips = this.trips[vehicles];
    const kindDepartures = this.kindDepartures[vehicleClass?.kind ?? 0];
    const kind = network.kinds[vehicleClass?.kind ?? 0];
    if (!vehicleClass || !pattern || !trips || !kindDepartures || !kind) return;
    const slot = trip - index * slots;
    trips[trip] = (trips[trip] ?? 0) + by;
    kindDepartures[trip] = (kindDepartures[trip] ?? 0) + by;
    add(this.arrivals[vehicles], nodeAt(network, pattern.to, slot + pattern.busy), by);
    const last = Math.min(slots - 1, slot + FARTHEST_SHIFT);
    for (let near = Math.max(0, slot - FARTHEST_SHIFT); near <= last; near += 1) {
      add(this.nearby[vehicles], trip - slot + near, by);
      add(this.nearbyAt[vehicles], near * network.places + pattern.from, by);
    }
    const before = this.departures[trip] ?? 0;
    const most = pattern.most[slot] ?? 0;
    this.departures[trip] = before + by;
    if (before < most !== before + by < most) this.#close(trip, before + by < most ? -1 : 1);
    for (const { bay, offset } of pattern.bayCalls) {
      if (slot + offset < slots) this.#useBay(bay * slots + slot + offset, by);
    }
    const strand = strandOf[index] ?? 0;
    const line = this.#lines[strand];
    if (line) {
      const at = (positionOf[index] ?? 0) * (line.lead + slots) + line.lead + slot;
      line.capacity[at] = (line.capacity[at] ?? 0) + by * kind.capacity;
      line.accessible[at] = (line.accessible[at] ?? 0) + by * kind.accessible;
    }
    this.#fleetCost += by * (vehicleClass.tripCost[index] ?? 0);
    this.#markStale(strand);
  }

  addDeadhead(vehicles: number, deadhead: number, by: number): void {
    const { network } = this.compiled;
    const index = Math.floor(deadhead / network.slots);
    const arc = network.deadheads[index];
    if (!arc) return;
    add(this.deadheads[vehicles], deadhead, by);
    add(this.arrivals[vehicles], nodeAt(network, arc.to, (deadhead % network.slots) + arc.slots), by);
    this.#fleetCost += by * (network.classes[vehicles]?.deadheadCost[index] ?? 0);
  }

  addCall(vehicles: number, node: number, by: number): void {
    add(this.calls[vehicles], node, by);
    this.#fleetCost += by * (this.compiled.network.classes[vehicles]?.callOutCost ?? 0);
  }

  get pull(): Pull | undefined {
    return this.#counts.pull;
  }

  /** Whether anything was changed since `refresh`. */
  get isStale(): boolean {
    return this.#stale.length > 0;
  }

  /** Costs of the strands that changed, without marginals: enough to judge a move. They stay stale. Returns by how much the sum changed. */
  recost(): number {
    let change = 0;
    for (const strand of this.#stale) {
      const before = this.strandCosts[strand] ?? 0;
      const after = (this.#lines[strand]?.rebase() ?? 0) + this.#counts.costOf(strand);
      this.strandCosts[strand] = after;
      change += after - before;
    }
    return change;
  }

  /** After what was done was taken back: costs and marginals are as at the last `refresh`. */
  unchange(): void {
    this.recost();
    for (const strand of this.#stale.splice(0)) this.#isStale[strand] = 0;
  }

  /** Forgets the marginals before the last changes: from here on they can be restored. */
  keepMarginals(): void {
    this.#kept.clear();
  }

  /** After departures are as at `keepMarginals`: costs and marginals are, too. */
  restoreMarginals(): void {
    const { slots } = this.compiled.network;
    for (const [strand, kept] of this.#kept) {
      this.#lines[strand]?.rebase();
      this.strandCosts[strand] = kept.cost;
      for (const { pattern, kind, more, less, shift } of kept.rows) {
        this.more[kind]?.set(more, pattern * slots);
        this.less[kind]?.set(less, pattern * slots);
        this.shift[kind]?.set(shift, pattern * slots * SHIFT_CODES);
      }
    }
    this.#kept.clear();
    for (const strand of this.#stale.splice(0)) this.#isStale[strand] = 0;
  }

  #keep(strand: number): void {
    if (this.#kept.has(strand)) return;
    const { slots } = this.compiled.network;
    const rows = (this.compiled.strands[strand]?.patterns ?? []).flatMap((pattern) =>
      (this.#kindsOf[pattern] ?? []).map((kind) => ({
        pattern,
        kind,
        more: slice(this.more[kind], pattern * slots, slots),
        less: slice(this.less[kind], pattern * slots, slots),
        shift: slice(this.shift[kind], pattern * slots * SHIFT_CODES, slots * SHIFT_CODES),
      })),
    );
    this.#kept.set(strand, { cost: this.strandCosts[strand] ?? 0, rows });
  }

  /** Costs and marginals of the strands that changed; `onlyMore`: of one departure more alone. Returns these strands. */
  refresh(onlyMore = false): readonly number[] {
    this.recost();
    const stale = this.#stale.splice(0);
    for (const strand of stale) {
      this.#isStale[strand] = 0;
      this.#refreshMarginals(strand, onlyMore);
      this.refreshes += 1;
    }
    return stale;
  }

  /** Departures that these counts draw to them, or none any more. `forget` included. */
  setPull(pull: Pull | undefined): void {
    this.#counts.pull = pull;
    this.forget();
  }

  /** All costs and marginals are computed anew at the next `refresh`. */
  forget(): void {
    for (const strand of this.strandCosts.keys()) this.#markStale(strand);
  }

  /** Holds the departures of a trip number, or lets them go. */
  hold(trip: number, held: boolean): void {
    this.held[trip] = held ? 1 : 0;
    this.#markStale(this.compiled.strandOf[Math.floor(trip / this.compiled.network.slots)] ?? 0);
  }

  #refreshMarginals(strand: number, onlyMore: boolean): void {
    const { compiled, held } = this;
    const { slots, kinds } = compiled.network;
    const line = this.#lines[strand];
    if (!line) return;
    // By slot: accessible places with which a vehicle as large as that in hand, or smaller, left nobody behind, and what it costs.
    const [enough, marginal] = [this.#enough, this.#marginal];
    for (const [position, pattern] of (compiled.strands[strand]?.patterns ?? []).entries()) {
      this.#counts.take(pattern);
      const { more: moreCount, less: lessCount } = this.#counts;
      enough.fill(Infinity);
      for (const index of this.#kindsOf[pattern] ?? []) {
        const kind = kinds[index];
        const more = this.more[index];
        const less = this.less[index];
        const shift = this.shift[index];
        const made = this.kindDepartures[index];
        if (!kind || !more || !less || !shift || !made) continue;
        const { capacity, accessible } = kind;
        for (let slot = 0, trip = pattern * slots; slot < slots; slot += 1, trip += 1) {
          if (held[trip] === 1) {
            more[trip] = Infinity;
            less[trip] = Infinity;
            shift.fill(Infinity, trip * SHIFT_CODES, (trip + 1) * SHIFT_CODES);
            continue;
          }
          if ((enough[slot] ?? Infinity) > accessible) {
            marginal[slot] = line.change(position, slot, -1, capacity, accessible);
            if (!line.wasFull) enough[slot] = accessible;
          }
          more[trip] = (marginal[slot] ?? 0) + (moreCount[slot] ?? 0);
          if (onlyMore || (made[trip] ?? 0) === 0) continue;
          less[trip] = line.change(position, slot, -1, -capacity, -accessible) + (lessCount[slot] ?? 0);
          for (let code = 0; code < SHIFT_CODES; code += 1) {
            const by = SHIFTS[code] ?? 0;
            const to = slot + by;
            shift[trip * SHIFT_CODES + code] =
              to < 0 || to >= slots || held[trip + by] === 1
                ? Infinity
                : line.change(position, to, slot, capacity, accessible) + this.#counts.shift(slot, to);
          }
        }
      }
    }
  }

  #markStale(strand: number): void {
    if (this.#isStale[strand] === 1) return;
    this.#keep(strand);
    this.#isStale[strand] = 1;
    this.#stale.push(strand);
  }

  #useBay(at: number, by: number): void {
    const before = this.bayRoom[at] ?? 0;
    this.bayRoom[at] = before - by;
    if (before > 0 !== before - by > 0) this.#closeBay(at, before > 0 ? 1 : -1);
  }

  #closeBay(at: number, by: 1 | -1): void {
    const { slots } = this.compiled.network;
    const bay = Math.floor(at / slots);
    for (const { pattern, offset } of this.#callers[bay] ?? []) {
      const slot = at - bay * slots - offset;
      if (slot >= 0) this.#close(pattern * slots + slot, by);
    }
  }

  #close(trip: number, by: 1 | -1): void {
    add(this.closed, trip, by);
  }
}

/** A strand's costs and marginals before it changed. */
interface Kept {
  readonly cost: number;
  readonly rows: readonly {
    readonly pattern: number;
    readonly kind: number;
    readonly more: Float64Array;
    readonly less: Float64Array;
    readonly shift: Float64Array;
  }[];
}

const slice = (values: Float64Array | undefined, start: number, length: number): Float64Array =>
  values?.slice(start, start + length) ?? new Float64Array();

export const add = (counts: Int32Array | Float64Array | undefined, at: number, by: number): void => {
  if (counts) counts[at] = (counts[at] ?? 0) + by;
};

/** Vehicles at each node when all stay where they become ready. */
const accumulate = (supply: Int32Array, places: number): Int32Array => {
  const standing = Int32Array.from(supply);
  for (let node = places; node < standing.length; node += 1) add(standing, node, standing[node - places] ?? 0);
  return standing;
};
