import { type Cycle, WORTHWHILE } from './cycle.js';
import { Arc, ARC_BITS, arcCode } from './moves.js';
import type { ResidualNetwork } from './residual.js';
import type { Schedule } from './schedule.js';

/**
 * The best tours for vehicles of a class that would otherwise stand until the end: shortest paths to the sink through a network whose arcs
 * all go forward in time, by one pass over the slots from the last to the first.
 */
export class TourSearch {
  readonly vehicles: number;
  readonly #schedule: Schedule;
  readonly #network: ResidualNetwork;
  /** Cost from each node to the sink. */
  readonly #toGo: Float64Array;
  readonly #next: Int32Array;
  readonly #arc: Int32Array;
  readonly #first = { head: 0, arc: 0 };

  constructor(schedule: Schedule, network: ResidualNetwork) {
    this.vehicles = network.vehicles;
    this.#schedule = schedule;
    this.#network = network;
    this.#toGo = new Float64Array(this.#network.nodes);
    this.#next = new Int32Array(this.#network.nodes);
    this.#arc = new Int32Array(this.#network.nodes);
  }

  /** One tour from each place where a vehicle is idle and worth something, the best first; of tours that touch the same strand only the best. */
  list(): readonly Cycle[] {
    this.#lookAll();
    const { compiled } = this.#schedule;
    const { slots } = compiled.network;
    const taken = new Set<number>();
    return this.#starts()
      .sort((a, b) => (this.#toGo[a] ?? 0) - (this.#toGo[b] ?? 0))
      .flatMap((start): readonly Cycle[] => {
        const tour = this.#tourFrom(start);
        const strands = tour.arcs
          .filter((arc) => (arc & 15) === Arc.trip)
          .map((arc) => compiled.strandOf[Math.floor((arc >> ARC_BITS) / slots)] ?? 0);
        if (strands.some((strand) => taken.has(strand))) return [];
        for (const strand of strands) taken.add(strand);
        return [tour];
      });
  }

  #lookAll(): void {
    const { places, slots, sink } = this.#schedule.compiled.network;
    const layers = this.#network.nodes > sink + 1;
    this.#toGo[sink] = 0;
    for (let slot = slots - 1; slot >= 0; slot -= 1) {
      for (let place = 0; place < places; place += 1) this.#look(slot * places + place);
      if (layers) for (let place = 0; place < places; place += 1) this.#relax(sink + 1 + slot * places + place);
    }
  }

  #look(node: number): void {
    this.#toGo[node] = this.#network.leastToGo(node, this.#toGo, this.#first);
    this.#next[node] = this.#first.head;
    this.#arc[node] = this.#first.arc;
  }

  #relax(node: number): void {
    const { head, cost, arc } = this.#network;
    let best = Infinity;
    for (let index = 0, count = this.#network.listForward(node); index < count; index += 1) {
      const total = (cost[index] ?? 0) + (this.#toGo[head[index] ?? 0] ?? 0);
      if (total >= best) continue;
      best = total;
      this.#next[node] = head[index] ?? 0;
      this.#arc[node] = arc[index] ?? 0;
    }
    this.#toGo[node] = best;
  }

  /** At each place the first slot from which a vehicle stands (or is not called) until the end. */
  #starts(): number[] {
    const { places, sink } = this.#schedule.compiled.network;
    const starts: number[] = [];
    for (const [rows, layer] of [
      [this.#schedule.stand[this.vehicles], 0],
      [this.#schedule.uncalled[this.vehicles], sink + 1],
    ] as const) {
      for (let place = 0; place < places && rows && rows.length > 0; place += 1) {
        let node = sink + place;
        while (node >= places && (rows[node - places] ?? 0) > 0) node -= places;
        if (node < sink && (this.#toGo[layer + node] ?? 0) < -WORTHWHILE) starts.push(layer + node);
      }
    }
    return starts;
  }

  /** The tour, and the standing that it takes the place of. */
  #tourFrom(start: number): Cycle {
    const { places, sink } = this.#schedule.compiled.network;
    const arcs: number[] = [];
    for (let node = start; node !== sink; node = this.#next[node] ?? sink) arcs.push(this.#arc[node] ?? 0);
    const [kind, from] = start > sink ? [Arc.uncalledLess, start - sink - 1] : [Arc.standLess, start];
    for (let idle = from; idle < sink; idle += places) arcs.push(arcCode(kind, idle));
    return { vehicles: this.vehicles, arcs, estimate: this.#toGo[start] ?? 0 };
  }
}
