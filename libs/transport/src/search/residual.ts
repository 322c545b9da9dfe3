import { Arc, ARC_BITS } from './moves.js';
import type { FleetClass, Network } from './network.js';
import { type Schedule, SHIFT_CODES, SHIFTS } from './schedule.js';

/** Patterns or deadheads by one of their ends, flat: those of a place are the positions [start[place], start[place + 1]). */
interface ArcsByPlace {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly otherEnd: Int32Array;
  /** Slots until ready. */
  readonly taken: Int32Array;
  readonly cost: Float64Array;
}

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
  readonly #deadheadsLeaving: ArcsByPlace;
  readonly #deadheadsReaching: ArcsByPlace;
  readonly #patternFrom: Int32Array;
  readonly #patternTo: Int32Array;
  readonly #busy: Int32Array;
  readonly #tripCost: Float64Array;
  readonly #more: Float64Array;
  readonly #less: Float64Array;
  readonly #shift: Float64Array;
  readonly #trips: Int32Array;
  readonly #stand: Int32Array;
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
    const deadheads = network.deadheads.map(({ from, to, slots }, index) => ({
      index,
      from,
      to,
      taken: slots,
      cost: vehicleClass?.deadheadCost[index] ?? 0,
    }));
    this.#deadheadsLeaving = byPlace(
      network.places,
      deadheads.map(({ from, to, ...arc }) => ({ ...arc, at: from, otherEnd: to })),
    );
    this.#deadheadsReaching = byPlace(
      network.places,
      deadheads.map(({ from, to, ...arc }) => ({ ...arc, at: to, otherEnd: from })),
    );
    this.#patternFrom = Int32Array.from(network.patterns, ({ from }) => from);
    this.#patternTo = Int32Array.from(network.patterns, ({ to }) => to);
    this.#busy = Int32Array.from(network.patterns, ({ busy }) => busy);
    this.#tripCost = vehicleClass?.tripCost ?? none;
    this.#more = schedule.more[vehicleClass?.kind ?? 0] ?? none;
    this.#less = schedule.less[vehicleClass?.kind ?? 0] ?? none;
    this.#shift = schedule.shift[vehicleClass?.kind ?? 0] ?? none;
    this.#trips = schedule.trips[vehicles] ?? new Int32Array();
    this.#stand = schedule.stand[vehicles] ?? new Int32Array();
    const longest = Math.max(
      0,
      ...network.patterns.map(({ busy }) => busy),
      ...network.deadheads.map(({ slots }) => slots),
    );
    const degree =
      8 + network.places * 4 + (network.patterns.length + network.deadheads.length) * (2 + SHIFT_CODES) * (2 + longest);
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

  #setBar(base: number, bar: Float64Array): void {
    this.#count = 0;
    this.#base = base;
    this.#bar = bar;
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
    const { start, index, otherEnd, taken, cost } = this.#leaving;
    const { closed } = this.#schedule;
    for (let at = start[place] ?? 0, last = start[place + 1] ?? 0; at < last; at += 1) {
      const ready = slot + (taken[at] ?? 0);
      const trip = (index[at] ?? 0) * slots + slot;
      if (ready > this.#untilSlot || (closed[trip] ?? 0) > 0) continue;
      this.#push(
        ready < slots ? ready * places + (otherEnd[at] ?? 0) : sink,
        (this.#more[trip] ?? 0) + (cost[at] ?? 0),
        Arc.trip,
        trip,
      );
    }
    const dead = this.#deadheadsLeaving;
    for (let at = dead.start[place] ?? 0, last = dead.start[place + 1] ?? 0; at < last; at += 1) {
      const ready = slot + (dead.taken[at] ?? 0);
      if (ready > this.#untilSlot) continue;
      this.#push(
        ready < slots ? ready * places + (dead.otherEnd[at] ?? 0) : sink,
        dead.cost[at] ?? 0,
        Arc.deadhead,
        (dead.index[at] ?? 0) * slots + slot,
      );
    }
  }

  /** Arcs that take something back or move it. */
  #listBack(node: number): void {
    const { places, slots, sink } = this.#network;
    const { arrivals, calls, uncalled, deadheads } = this.#schedule;
    if (node === sink) {
      this.#listFromSink();
      return;
    }
    if (node > sink) {
      const earlier = node - sink - 1 - places;
      if (earlier >= 0 && (uncalled[this.vehicles]?.[earlier] ?? 0) > 0)
        this.#push(sink + 1 + earlier, 0, Arc.uncalledLess, earlier);
      return;
    }
    const slot = (node / places) | 0;
    const place = node - slot * places;
    if (slot > 0 && (this.#stand[node - places] ?? 0) > 0) this.#push(node - places, 0, Arc.standLess, node - places);
    if (this.#callOutCost > 0 && (calls[this.vehicles]?.[node] ?? 0) > 0)
      this.#push(sink + 1 + node, -this.#callOutCost, Arc.callLess, node);
    this.#listShiftsLeaving(place, slot);
    if ((arrivals[this.vehicles]?.[node] ?? 0) === 0) return;
    const { start, index, taken } = this.#reaching;
    for (let at = start[place] ?? 0, last = start[place + 1] ?? 0; at < last; at += 1) {
      const left = slot - (taken[at] ?? 0);
      if (left >= 0) this.#listTripBack(index[at] ?? 0, left);
    }
    const dead = this.#deadheadsReaching;
    const driven = deadheads[this.vehicles];
    for (let at = dead.start[place] ?? 0, last = dead.start[place + 1] ?? 0; at < last; at += 1) {
      const left = slot - (dead.taken[at] ?? 0);
      const deadhead = (dead.index[at] ?? 0) * slots + left;
      if (left < 0 || (driven?.[deadhead] ?? 0) <= 0) continue;
      this.#push(left * places + (dead.otherEnd[at] ?? 0), -(dead.cost[at] ?? 0), Arc.deadheadLess, deadhead);
    }
  }

  /** A trip given up or moved, from where it arrives. */
  #listTripBack(index: number, slot: number): void {
    const { places, slots, sink } = this.#network;
    const { closed } = this.#schedule;
    const trip = index * slots + slot;
    if ((this.#trips[trip] ?? 0) <= 0) return;
    const [from, busy] = [this.#patternFrom[index] ?? 0, this.#busy[index] ?? 0];
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
    for (let index = 0; index < patterns.length; index += 1) {
      for (let slot = Math.max(0, slots - (this.#busy[index] ?? 0)); slot < slots; slot += 1)
        this.#listTripBack(index, slot);
    }
    const { index, otherEnd, taken, cost } = this.#deadheadsReaching;
    for (let at = 0; at < index.length; at += 1) {
      for (let slot = Math.max(0, slots - (taken[at] ?? 0)); slot < slots; slot += 1) {
        const deadhead = (index[at] ?? 0) * slots + slot;
        if ((deadheads[this.vehicles]?.[deadhead] ?? 0) <= 0) continue;
        this.#push(slot * places + (otherEnd[at] ?? 0), -(cost[at] ?? 0), Arc.deadheadLess, deadhead);
      }
    }
  }
}

/** The patterns that a class may drive. */
const patternsByPlace = (
  network: Network,
  vehicleClass: FleetClass | undefined,
): { readonly leaving: ArcsByPlace; readonly reaching: ArcsByPlace } => {
  const driven = network.patterns.flatMap(({ index, from, to, busy }) => {
    const cost = vehicleClass?.tripCost[index] ?? Infinity;
    return cost < Infinity ? [{ index, from, to, taken: busy, cost }] : [];
  });
  return {
    leaving: byPlace(
      network.places,
      driven.map(({ from, to, ...arc }) => ({ ...arc, at: from, otherEnd: to })),
    ),
    reaching: byPlace(
      network.places,
      driven.map(({ from, to, ...arc }) => ({ ...arc, at: to, otherEnd: from })),
    ),
  };
};

const byPlace = (
  places: number,
  arcs: readonly {
    readonly at: number;
    readonly otherEnd: number;
    readonly index: number;
    readonly taken: number;
    readonly cost: number;
  }[],
): ArcsByPlace => {
  const sorted = [...arcs].sort((a, b) => a.at - b.at || a.index - b.index);
  const start = new Int32Array(places + 1);
  for (const { at } of sorted) start[at + 1] = (start[at + 1] ?? 0) + 1;
  for (let place = 0; place < places; place += 1) start[place + 1] = (start[place + 1] ?? 0) + (start[place] ?? 0);
  return {
    start,
    index: Int32Array.from(sorted, ({ index }) => index),
    otherEnd: Int32Array.from(sorted, ({ otherEnd }) => otherEnd),
    taken: Int32Array.from(sorted, ({ taken }) => taken),
    cost: Float64Array.from(sorted, ({ cost }) => cost),
  };
};
