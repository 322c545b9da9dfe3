import { Arc, ARC_BITS } from './moves.js';
import { type ArcsByPlace, type ArcsOfPlaces, arcsOfPlaces, countAt, stepsOf } from './arcs-by-place.js';
import type { FleetClass, Network } from './network.js';
import { type Schedule, SHIFT_CODES, SHIFTS } from './schedule.js';

/**
 * The residual network of one class: from a node, where one more vehicle can go, or one less be missed, and what that costs exactly while a strand is touched once.
 * Nodes are those of the network, the sink, and for a class that is called out a second layer of vehicles not called yet.
 * `listFrom` fills the arrays; reading them is the caller's.
 */
export class ResidualNetwork {
  readonly vehicles: number;
  readonly nodes: number;
  readonly head: Int32Array;
  readonly cost: Float64Array;
  readonly arc: Int32Array;
  readonly #schedule: Schedule;
  readonly #network: Network;
  readonly #callOutCost: number;
  readonly #untilSlot: number;
  readonly #leaving: ArcsByPlace;
  readonly #reaching: ArcsByPlace;
  readonly #deadheadCost: Float64Array;
  // By position among the patterns and the deadheads that leave a place: from node to node, and of the deadheads what it costs.
  readonly #tripStep: Int32Array;
  readonly #emptyStep: Int32Array;
  readonly #emptyCost: Float64Array;
  readonly #patternFrom: Int32Array;
  readonly #patternTo: Int32Array;
  readonly #busy: Int32Array;
  readonly #tripCost: Float64Array;
  readonly #more: Float64Array;
  readonly #less: Float64Array;
  readonly #shift: Float64Array;
  readonly #trips: Int32Array;
  readonly #stand: Int32Array;
  readonly #arrivals: Int32Array;
  readonly #nearbyAt: Int32Array;
  #count = 0;
  // Only arcs that lead to a node more cheaply than this are listed.
  #base = -Infinity;
  #bar: Float64Array;
  readonly #noBar: Float64Array;

  constructor(schedule: Schedule, vehicles: number) {
    const { network } = schedule.compiled;
    const vehicleClass = network.classes[vehicles];
    const none = new Float64Array();
    this.#schedule = schedule;
    this.#network = network;
    this.vehicles = vehicles;
    this.#callOutCost = vehicleClass?.callOutCost ?? 0;
    this.#untilSlot = vehicleClass?.untilSlot ?? 0;
    this.nodes = network.sink + 1 + (this.#callOutCost > 0 ? network.sink : 0);
    const { leaving, reaching } = patternsByPlace(network, vehicleClass);
    this.#leaving = leaving;
    this.#reaching = reaching;
    this.#deadheadCost = vehicleClass?.deadheadCost ?? none;
    const empty = network.byPlace.leaving;
    this.#tripStep = stepsOf(network.places, leaving);
    this.#emptyStep = stepsOf(network.places, empty);
    this.#emptyCost = Float64Array.from(empty.index, (deadhead) => vehicleClass?.deadheadCost[deadhead] ?? Infinity);
    this.#patternFrom = Int32Array.from(network.patterns, ({ from }) => from);
    this.#patternTo = Int32Array.from(network.patterns, ({ to }) => to);
    this.#busy = Int32Array.from(network.patterns, ({ busy }) => busy);
    this.#tripCost = vehicleClass?.tripCost ?? none;
    this.#more = schedule.more[vehicleClass?.kind ?? 0] ?? none;
    this.#less = schedule.less[vehicleClass?.kind ?? 0] ?? none;
    this.#shift = schedule.shift[vehicleClass?.kind ?? 0] ?? none;
    this.#trips = schedule.trips[vehicles] ?? new Int32Array();
    this.#stand = schedule.stand[vehicles] ?? new Int32Array();
    this.#arrivals = schedule.arrivals[vehicles] ?? new Int32Array();
    this.#nearbyAt = schedule.nearbyAt[vehicles] ?? new Int32Array();
    const degree = this.#mostArcs();
    this.head = new Int32Array(degree);
    this.cost = new Float64Array(degree);
    this.arc = new Int32Array(degree);
    this.#noBar = new Float64Array(this.nodes);
    this.#bar = this.#noBar;
  }

  /** Lists the arcs that leave a node. Returns how many there are. */
  listFrom(node: number): number {
    this.#setBar(-Infinity, this.#noBar);
    this.#listForward(node);
    this.#listBack(node);
    return this.#count;
  }

  /** Lists those that go forward in time and take nothing back. */
  listForward(node: number): number {
    this.#setBar(-Infinity, this.#noBar);
    this.#listForward(node);
    return this.#count;
  }

  /** Lists those that lead to a node at less than its label: `base` and their cost are below it. */
  listBetter(node: number, base: number, labels: Float64Array): number {
    this.#setBar(base, labels);
    this.#listForward(node);
    this.#listBack(node);
    return this.#count;
  }

  /** The least cost from a node to the sink, with `toGo` that of the nodes after it, and in `first` the arc and where it leads. Of classes that need no call. */
  leastToGo(node: number, toGo: Float64Array, first: { head: number; arc: number }): number {
    const { places, slots, sink, byPlace } = this.#network;
    const slot = (node / places) | 0;
    const place = node - slot * places;
    const until = this.#untilSlot;
    const { closed } = this.#schedule;
    let head = slot + 1 < slots ? node + places : sink;
    let arc = (node << ARC_BITS) | Arc.stand;
    let best = toGo[head] ?? 0;
    const trips = this.#leaving;
    for (let at = trips.start[place] ?? 0, last = trips.start[place + 1] ?? 0; at < last; at += 1) {
      const pattern = trips.index[at] ?? 0;
      const trip = pattern * slots + slot;
      const to = Math.min(sink, node + (this.#tripStep[at] ?? 0));
      const total = (this.#more[trip] ?? 0) + (this.#tripCost[pattern] ?? 0) + (toGo[to] ?? 0);
      if (total >= best || slot + (trips.taken[at] ?? 0) > until || (closed[trip] ?? 0) > 0) continue;
      [best, head, arc] = [total, to, (trip << ARC_BITS) | Arc.trip];
    }
    const empty = byPlace.leaving;
    for (let at = empty.start[place] ?? 0, last = empty.start[place + 1] ?? 0; at < last; at += 1) {
      const to = Math.min(sink, node + (this.#emptyStep[at] ?? 0));
      const total = (this.#emptyCost[at] ?? 0) + (toGo[to] ?? 0);
      if (total >= best || slot + (empty.taken[at] ?? 0) > until) continue;
      [best, head, arc] = [total, to, (((empty.index[at] ?? 0) * slots + slot) << ARC_BITS) | Arc.deadhead];
    }
    first.head = head;
    first.arc = arc;
    return best;
  }

  #setBar(base: number, bar: Float64Array): void {
    this.#count = 0;
    this.#base = base;
    this.#bar = bar;
  }

  /** At one node: arcs of a place are listed once each way, trips also once for each shift; at the sink once for each slot that ends after the horizon. */
  #mostArcs(): number {
    const { places, slots, patterns, deadheads, byPlace } = this.#network;
    let most = 0;
    for (let place = 0; place < places; place += 1) {
      const leaving = countAt(this.#leaving, place) * (1 + SHIFT_CODES);
      const reaching = countAt(this.#reaching, place) * (1 + SHIFT_CODES);
      most = Math.max(most, leaving + reaching + countAt(byPlace.leaving, place) + countAt(byPlace.reaching, place));
    }
    const late = (taken: number): number => Math.min(slots, taken);
    const trips = patterns.reduce((sum, { busy }) => sum + late(busy), 0) * (1 + SHIFT_CODES);
    const driven = deadheads.reduce((sum, deadhead) => sum + late(deadhead.slots), 0);
    return Math.max(4 + most, 2 * places + trips + driven);
  }

  #push(head: number, cost: number, kind: number, at: number): void {
    if (!(this.#base + cost < (this.#bar[head] ?? 0))) return;
    const index = this.#count;
    this.head[index] = head;
    this.cost[index] = cost;
    this.arc[index] = (at << ARC_BITS) | kind;
    this.#count = index + 1;
  }

  #listForward(node: number): void {
    const { places, slots, sink } = this.#network;
    if (node === sink) return;
    if (node > sink) {
      const standing = node - sink - 1;
      const next = standing + places;
      this.#push(next < sink ? sink + 1 + next : sink, 0, Arc.uncalled, standing);
      this.#push(standing, this.#callOutCost, Arc.call, standing);
      return;
    }
    const slot = (node / places) | 0;
    const place = node - slot * places;
    this.#push(slot + 1 < slots ? node + places : sink, 0, Arc.stand, node);
    this.#listTrips(node, place, slot);
    this.#listDeadheads(node, place, slot);
  }

  #listTrips(node: number, place: number, slot: number): void {
    const { slots, sink } = this.#network;
    const { start, index, taken } = this.#leaving;
    const { closed } = this.#schedule;
    const steps = this.#tripStep;
    const base = this.#base;
    const bar = this.#bar;
    const until = this.#untilSlot;
    for (let at = start[place] ?? 0, last = start[place + 1] ?? 0; at < last; at += 1) {
      const pattern = index[at] ?? 0;
      const trip = pattern * slots + slot;
      const head = Math.min(sink, node + (steps[at] ?? 0));
      const cost = (this.#more[trip] ?? 0) + (this.#tripCost[pattern] ?? 0);
      if (base + cost < (bar[head] ?? 0) && slot + (taken[at] ?? 0) <= until && (closed[trip] ?? 0) === 0)
        this.#push(head, cost, Arc.trip, trip);
    }
  }

  /** Most arcs of a network are these, and most are looked at in vain. */
  #listDeadheads(node: number, place: number, slot: number): void {
    const { slots, sink, byPlace } = this.#network;
    const { start, index, taken } = byPlace.leaving;
    const steps = this.#emptyStep;
    const costs = this.#emptyCost;
    const base = this.#base;
    const bar = this.#bar;
    const until = this.#untilSlot;
    for (let at = start[place] ?? 0, last = start[place + 1] ?? 0; at < last; at += 1) {
      const head = Math.min(sink, node + (steps[at] ?? 0));
      const cost = costs[at] ?? 0;
      if (base + cost < (bar[head] ?? 0) && slot + (taken[at] ?? 0) <= until)
        this.#push(head, cost, Arc.deadhead, (index[at] ?? 0) * slots + slot);
    }
  }

  /** Arcs that take something back or move it. */
  #listBack(node: number): void {
    const { places, slots, sink } = this.#network;
    if (node === sink) {
      this.#listFromSink();
      return;
    }
    if (node > sink) {
      const { uncalled } = this.#schedule;
      const earlier = node - sink - 1 - places;
      if (earlier >= 0 && (uncalled[this.vehicles]?.[earlier] ?? 0) > 0)
        this.#push(sink + 1 + earlier, 0, Arc.uncalledLess, earlier);
      return;
    }
    const slot = (node / places) | 0;
    const place = node - slot * places;
    if (slot > 0 && (this.#stand[node - places] ?? 0) > 0) this.#push(node - places, 0, Arc.standLess, node - places);
    if (this.#callOutCost > 0 && (this.#schedule.calls[this.vehicles]?.[node] ?? 0) > 0)
      this.#push(sink + 1 + node, -this.#callOutCost, Arc.callLess, node);
    if ((this.#nearbyAt[node] ?? 0) > 0) this.#listShiftsLeaving(place, slot);
    if ((this.#arrivals[node] ?? 0) === 0) return;
    const { start, index, taken } = this.#reaching;
    for (let at = start[place] ?? 0, last = start[place + 1] ?? 0; at < last; at += 1) {
      const left = slot - (taken[at] ?? 0);
      if (left >= 0) this.#listTripBack(index[at] ?? 0, left);
    }
    const dead = this.#network.byPlace.reaching;
    const driven = this.#schedule.deadheads[this.vehicles];
    for (let at = dead.start[place] ?? 0, last = dead.start[place + 1] ?? 0; at < last; at += 1) {
      const left = slot - (dead.taken[at] ?? 0);
      const index = dead.index[at] ?? 0;
      const deadhead = index * slots + left;
      if (left < 0 || (driven?.[deadhead] ?? 0) <= 0) continue;
      const cost = -(this.#deadheadCost[index] ?? 0);
      this.#push(left * places + (dead.otherEnd[at] ?? 0), cost, Arc.deadheadLess, deadhead);
    }
  }

  /** A trip given up or moved, from where it arrives. */
  #listTripBack(index: number, slot: number): void {
    const { places, slots, sink } = this.#network;
    const { closed } = this.#schedule;
    const trip = index * slots + slot;
    if ((this.#trips[trip] ?? 0) <= 0) return;
    const from = this.#patternFrom[index] ?? 0;
    const busy = this.#busy[index] ?? 0;
    this.#push(slot * places + from, (this.#less[trip] ?? 0) - (this.#tripCost[index] ?? 0), Arc.tripLess, trip);
    for (let code = 0; code < SHIFT_CODES; code += 1) {
      const by = SHIFTS[code] ?? 0;
      const to = slot + by;
      const ready = to + busy;
      if (to < 0 || to >= slots || ready > this.#untilSlot || (closed[trip + by] ?? 0) > 0) continue;
      if (by < 0 && !this.#stands(from, to, slot)) continue;
      const head = ready < slots ? ready * places + (this.#patternTo[index] ?? 0) : sink;
      this.#push(head, this.#shift[trip * SHIFT_CODES + code] ?? 0, Arc.shiftArrival, trip * SHIFT_CODES + code);
    }
  }

  /** Departures moved into this node's slot: the vehicle that would have left then is free. */
  #listShiftsLeaving(place: number, slot: number): void {
    const { places, slots } = this.#network;
    const { closed } = this.#schedule;
    const near = this.#schedule.nearby[this.vehicles];
    const { start, index, otherEnd, taken } = this.#leaving;
    for (let at = start[place] ?? 0, last = start[place + 1] ?? 0; at < last; at += 1) {
      const into = (index[at] ?? 0) * slots + slot;
      if ((near?.[into] ?? 0) === 0 || slot + (taken[at] ?? 0) > this.#untilSlot || (closed[into] ?? 0) > 0) continue;
      for (let code = 0; code < SHIFT_CODES; code += 1) {
        const by = SHIFTS[code] ?? 0;
        const left = slot - by;
        const trip = into - by;
        if (left < 0 || left >= slots || (this.#trips[trip] ?? 0) <= 0) continue;
        if (by > 0 && !this.#stands(otherEnd[at] ?? 0, left + (taken[at] ?? 0), slot + (taken[at] ?? 0))) continue;
        this.#push(
          left * places + place,
          this.#shift[trip * SHIFT_CODES + code] ?? 0,
          Arc.shiftLeaving,
          trip * SHIFT_CODES + code,
        );
      }
    }
  }

  /** Whether a vehicle stands at a place through all slots of [from, until) of the horizon. */
  #stands(place: number, from: number, until: number): boolean {
    const { places, slots } = this.#network;
    for (let slot = from; slot < until && slot < slots; slot += 1) {
      if ((this.#stand[slot * places + place] ?? 0) <= 0) return false;
    }
    return true;
  }

  /** What ends after the horizon, taken back. */
  #listFromSink(): void {
    const { places, slots, sink, patterns } = this.#network;
    const { uncalled, deadheads } = this.#schedule;
    for (let node = sink - places; node < sink; node += 1) {
      if ((this.#stand[node] ?? 0) > 0) this.#push(node, 0, Arc.standLess, node);
      if (this.#callOutCost > 0 && (uncalled[this.vehicles]?.[node] ?? 0) > 0)
        this.#push(sink + 1 + node, 0, Arc.uncalledLess, node);
    }
    let left = this.#arrivals[sink] ?? 0;
    for (let index = 0; index < patterns.length && left > 0; index += 1) {
      for (let slot = Math.max(0, slots - (this.#busy[index] ?? 0)); slot < slots; slot += 1) {
        const made = this.#trips[index * slots + slot] ?? 0;
        if (made <= 0) continue;
        this.#listTripBack(index, slot);
        left -= made;
      }
    }
    const { index, otherEnd, taken } = this.#network.byPlace.reaching;
    for (let at = 0; at < index.length && left > 0; at += 1) {
      for (let slot = Math.max(0, slots - (taken[at] ?? 0)); slot < slots; slot += 1) {
        const deadhead = (index[at] ?? 0) * slots + slot;
        const driven = deadheads[this.vehicles]?.[deadhead] ?? 0;
        if (driven <= 0) continue;
        const cost = -(this.#deadheadCost[index[at] ?? 0] ?? 0);
        this.#push(slot * places + (otherEnd[at] ?? 0), cost, Arc.deadheadLess, deadhead);
        left -= driven;
      }
    }
  }
}

/** The patterns that a class may drive. */
const patternsByPlace = (network: Network, vehicleClass: FleetClass | undefined): ArcsOfPlaces =>
  arcsOfPlaces(
    network.places,
    network.patterns.flatMap(({ index, from, to, busy: taken }) =>
      (vehicleClass?.tripCost[index] ?? Infinity) < Infinity ? [{ index, from, to, taken }] : [],
    ),
  );
