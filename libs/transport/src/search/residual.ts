import { Arc, ARC_BITS, arcCode } from './moves.js';
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
  readonly #hasCalls: boolean;
  #count = 0;

  constructor(schedule: Schedule, vehicles: number) {
    const { network } = schedule.compiled;
    this.#schedule = schedule;
    this.vehicles = vehicles;
    this.#hasCalls = (network.classes[vehicles]?.callOutCost ?? 0) > 0;
    this.nodes = network.sink + 1 + (this.#hasCalls ? network.sink : 0);
    const degree =
      8 +
      (network.patterns.length + network.deadheads.length) * 2 * (2 + SHIFT_CODES) +
      network.places * 4 +
      network.patterns.reduce((sum, { busy }) => sum + busy, 0) +
      network.deadheads.reduce((sum, { slots }) => sum + slots, 0);
    this.head = new Int32Array(degree);
    this.cost = new Float64Array(degree);
    this.arc = new Int32Array(degree);
  }

  /** Lists the arcs that leave a node; `forward` leaves out all that takes something back. Returns how many there are. */
  listFrom(node: number, forward = false): number {
    const { places, slots, sink } = this.#schedule.compiled.network;
    this.#count = 0;
    if (node === sink) {
      if (!forward) this.#listFromSink();
      return this.#count;
    }
    if (node > sink) {
      this.#listUncalled(node - sink - 1, forward);
      return this.#count;
    }
    const slot = Math.floor(node / places);
    const place = node - slot * places;
    this.#push(slot + 1 < slots ? node + places : sink, 0, Arc.stand, node);
    this.#listTrips(place, slot);
    this.#listDeadheads(place, slot);
    if (forward) return this.#count;
    const { stand, calls } = this.#schedule;
    if (slot > 0 && (stand[this.vehicles]?.[node - places] ?? 0) > 0)
      this.#push(node - places, 0, Arc.standLess, node - places);
    if (this.#hasCalls && (calls[this.vehicles]?.[node] ?? 0) > 0)
      this.#push(sink + 1 + node, -this.#callOutCost(), Arc.callLess, node);
    this.#listShiftsLeaving(place, slot);
    if ((this.#schedule.arrivals[this.vehicles]?.[node] ?? 0) === 0) return this.#count;
    this.#listTripsBack(place, slot);
    this.#listDeadheadsBack(place, slot);
    return this.#count;
  }

  #push(head: number, cost: number, kind: number, at: number): void {
    const index = this.#count;
    this.head[index] = head;
    this.cost[index] = cost;
    this.arc[index] = arcCode(kind, at);
    this.#count = index + 1;
  }

  #callOutCost(): number {
    return this.#schedule.compiled.network.classes[this.vehicles]?.callOutCost ?? 0;
  }

  #listTrips(place: number, slot: number): void {
    const { compiled, closed, more } = this.#schedule;
    const { classes, patterns, places, slots, sink } = compiled.network;
    const vehicleClass = classes[this.vehicles];
    const costs = more[vehicleClass?.kind ?? 0];
    const leaving = vehicleClass?.leaving[place];
    if (!vehicleClass || !costs || !leaving) return;
    for (let position = 0; position < leaving.length; position += 1) {
      const index = leaving[position] ?? 0;
      const pattern = patterns[index];
      if (!pattern) continue;
      const ready = slot + pattern.busy;
      const trip = index * slots + slot;
      if (ready > vehicleClass.untilSlot || (closed[trip] ?? 0) > 0) continue;
      const head = ready < slots ? ready * places + pattern.to : sink;
      this.#push(head, (costs[trip] ?? 0) + (vehicleClass.tripCost[index] ?? 0), Arc.trip, trip);
    }
  }

  /** Trips that reach a node, given up or moved. */
  #listTripsBack(place: number, slot: number): void {
    const { compiled } = this.#schedule;
    const { classes, patterns } = compiled.network;
    const reaching = classes[this.vehicles]?.reaching[place];
    if (!reaching) return;
    for (let position = 0; position < reaching.length; position += 1) {
      const index = reaching[position] ?? 0;
      const left = slot - (patterns[index]?.busy ?? 0);
      if (left >= 0) this.#listTripBack(index, left);
    }
  }

  #listTripBack(index: number, slot: number): void {
    const { compiled, trips, less, shift, closed } = this.#schedule;
    const { classes, patterns, places, slots, sink } = compiled.network;
    const trip = index * slots + slot;
    if ((trips[this.vehicles]?.[trip] ?? 0) <= 0) return;
    const vehicleClass = classes[this.vehicles];
    const pattern = patterns[index];
    if (!vehicleClass || !pattern) return;
    this.#push(
      slot * places + pattern.from,
      (less[vehicleClass.kind]?.[trip] ?? 0) - (vehicleClass.tripCost[index] ?? 0),
      Arc.tripLess,
      trip,
    );
    const costs = shift[vehicleClass.kind];
    for (let code = 0; code < SHIFT_CODES; code += 1) {
      const by = SHIFTS[code] ?? 0;
      const to = slot + by;
      const ready = to + pattern.busy;
      if (to < 0 || to >= slots || ready > vehicleClass.untilSlot || (closed[trip + by] ?? 0) > 0) continue;
      if (by < 0 && !this.#stands(pattern.from, to, slot)) continue;
      const head = ready < slots ? ready * places + pattern.to : sink;
      this.#push(head, costs?.[trip * SHIFT_CODES + code] ?? 0, Arc.shiftArrival, trip * SHIFT_CODES + code);
    }
  }

  /** Departures moved into this node's slot: the vehicle that would have left then is free. */
  #listShiftsLeaving(place: number, slot: number): void {
    const { compiled, trips, nearby, shift, closed } = this.#schedule;
    const { classes, patterns, places, slots } = compiled.network;
    const near = nearby[this.vehicles];
    const vehicleClass = classes[this.vehicles];
    const leaving = vehicleClass?.leaving[place];
    const own = trips[this.vehicles];
    const costs = shift[vehicleClass?.kind ?? 0];
    if (!vehicleClass || !leaving || !own || !costs) return;
    for (let position = 0; position < leaving.length; position += 1) {
      const index = leaving[position] ?? 0;
      const into = index * slots + slot;
      const pattern = patterns[index];
      if (!pattern || (near?.[into] ?? 0) === 0) continue;
      if (slot + pattern.busy > vehicleClass.untilSlot || (closed[into] ?? 0) > 0) continue;
      for (let code = 0; code < SHIFT_CODES; code += 1) {
        const by = SHIFTS[code] ?? 0;
        const left = slot - by;
        if (left < 0 || left >= slots || (own[into - by] ?? 0) <= 0) continue;
        if (by > 0 && !this.#stands(pattern.to, left + pattern.busy, slot + pattern.busy)) continue;
        this.#push(
          left * places + place,
          costs[(into - by) * SHIFT_CODES + code] ?? 0,
          Arc.shiftLeaving,
          (into - by) * SHIFT_CODES + code,
        );
      }
    }
  }

  /** Whether a vehicle stands at a place through all slots of [from, until) of the horizon. */
  #stands(place: number, from: number, until: number): boolean {
    const { compiled, stand } = this.#schedule;
    const { places, slots } = compiled.network;
    const own = stand[this.vehicles];
    for (let slot = from; slot < until && slot < slots; slot += 1) {
      if ((own?.[slot * places + place] ?? 0) <= 0) return false;
    }
    return true;
  }

  #listDeadheads(place: number, slot: number): void {
    const { classes, deadheads, deadheadsLeaving, places, slots, sink } = this.#schedule.compiled.network;
    const vehicleClass = classes[this.vehicles];
    const leaving = deadheadsLeaving[place];
    if (!vehicleClass || !leaving) return;
    for (let position = 0; position < leaving.length; position += 1) {
      const index = leaving[position] ?? 0;
      const deadhead = deadheads[index];
      if (!deadhead) continue;
      const ready = slot + deadhead.slots;
      if (ready > vehicleClass.untilSlot) continue;
      this.#push(
        ready < slots ? ready * places + deadhead.to : sink,
        vehicleClass.deadheadCost[index] ?? 0,
        Arc.deadhead,
        index * slots + slot,
      );
    }
  }

  #listDeadheadsBack(place: number, slot: number): void {
    const { deadheads, deadheadsReaching } = this.#schedule.compiled.network;
    const reaching = deadheadsReaching[place];
    if (!reaching) return;
    for (let position = 0; position < reaching.length; position += 1) {
      const index = reaching[position] ?? 0;
      const left = slot - (deadheads[index]?.slots ?? 0);
      if (left >= 0) this.#listDeadheadBack(index, left);
    }
  }

  #listDeadheadBack(index: number, slot: number): void {
    const { compiled, deadheads } = this.#schedule;
    const { classes, places, slots } = compiled.network;
    const at = index * slots + slot;
    if ((deadheads[this.vehicles]?.[at] ?? 0) <= 0) return;
    const from = compiled.network.deadheads[index]?.from ?? 0;
    this.#push(slot * places + from, -(classes[this.vehicles]?.deadheadCost[index] ?? 0), Arc.deadheadLess, at);
  }

  #listUncalled(node: number, forward: boolean): void {
    const { compiled, uncalled } = this.#schedule;
    const { places, sink } = compiled.network;
    const next = node + places;
    this.#push(next < sink ? sink + 1 + next : sink, 0, Arc.uncalled, node);
    this.#push(node, this.#callOutCost(), Arc.call, node);
    if (forward || node < places) return;
    if ((uncalled[this.vehicles]?.[node - places] ?? 0) > 0)
      this.#push(sink + 1 + node - places, 0, Arc.uncalledLess, node - places);
  }

  /** What ends after the horizon, taken back. */
  #listFromSink(): void {
    const { compiled, stand, uncalled } = this.#schedule;
    const { classes, patterns, deadheads, places, slots, sink } = compiled.network;
    for (let place = 0; place < places; place += 1) {
      const node = (slots - 1) * places + place;
      if ((stand[this.vehicles]?.[node] ?? 0) > 0) this.#push(node, 0, Arc.standLess, node);
      if (this.#hasCalls && (uncalled[this.vehicles]?.[node] ?? 0) > 0)
        this.#push(sink + 1 + node, 0, Arc.uncalledLess, node);
    }
    for (const { index, busy } of patterns) {
      if ((classes[this.vehicles]?.tripCost[index] ?? Infinity) === Infinity) continue;
      for (let slot = Math.max(0, slots - busy); slot < slots; slot += 1) this.#listTripBack(index, slot);
    }
    for (const [index, deadhead] of deadheads.entries()) {
      for (let slot = Math.max(0, slots - deadhead.slots); slot < slots; slot += 1) this.#listDeadheadBack(index, slot);
    }
  }
}

export const kindOf = (arc: number): number => arc & ((1 << ARC_BITS) - 1);
