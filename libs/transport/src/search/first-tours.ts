import { Arc, arcCode } from './moves.js';
import { type Cycle, WORTHWHILE } from './cycle-search.js';
import { ResidualNetwork } from './residual.js';
import type { Schedule } from './schedule.js';

/**
 * The best tour for one more vehicle of a class that would otherwise stand until the end: the shortest path through the network, whose arcs all go forward in time, by one pass over the slots.
 */
export class TourSearch {
  readonly vehicles: number;
  readonly #schedule: Schedule;
  readonly #network: ResidualNetwork;
  readonly #label: Float64Array;
  readonly #before: Int32Array;
  readonly #arc: Int32Array;

  constructor(schedule: Schedule, vehicles: number) {
    this.vehicles = vehicles;
    this.#schedule = schedule;
    this.#network = new ResidualNetwork(schedule, vehicles);
    this.#label = new Float64Array(this.#network.nodes);
    this.#before = new Int32Array(this.#network.nodes);
    this.#arc = new Int32Array(this.#network.nodes);
  }

  /** Undefined where no vehicle is idle or no tour saves anything. */
  find(): Cycle | undefined {
    const { places, slots, sink } = this.#schedule.compiled.network;
    this.#startFromIdle();
    const layers = this.#network.nodes > sink + 1;
    for (let slot = 0; slot < slots; slot += 1) {
      if (layers) for (let place = 0; place < places; place += 1) this.#relax(sink + 1 + slot * places + place);
      for (let place = 0; place < places; place += 1) this.#relax(slot * places + place);
    }
    if ((this.#label[sink] ?? 0) >= -WORTHWHILE) return undefined;
    return this.#tourTo(sink);
  }

  #relax(node: number): void {
    const label = this.#label[node] ?? Infinity;
    if (label === Infinity) return;
    const { head, cost, arc } = this.#network;
    const count = this.#network.listForward(node);
    for (let index = 0; index < count; index += 1) {
      const to = head[index] ?? 0;
      if (label + (cost[index] ?? 0) >= (this.#label[to] ?? 0)) continue;
      this.#label[to] = label + (cost[index] ?? 0);
      this.#before[to] = node;
      this.#arc[to] = arc[index] ?? 0;
    }
  }

  /** Label 0 where a vehicle stands (or is not called) from now to the end. */
  #startFromIdle(): void {
    const { places, sink } = this.#schedule.compiled.network;
    this.#label.fill(Infinity);
    this.#before.fill(-1);
    this.#label[sink] = 0;
    const standing = this.#schedule.stand[this.vehicles] ?? new Int32Array();
    const uncalled = this.#schedule.uncalled[this.vehicles] ?? new Int32Array();
    for (const [rows, offset] of [
      [standing, 0],
      [uncalled, sink + 1],
    ] as const) {
      // prettier-ignore
      for (let place = 0; place < places && rows.length > 0; place += 1) {
        for (let node = sink - places + place; node >= 0 && (rows[node] ?? 0) > 0; node -= places) this.#label[offset + node] = 0;
      }
    }
  }

  /** The tour, and the standing that it takes the place of. */
  #tourTo(sink: number): Cycle {
    const { places } = this.#schedule.compiled.network;
    const arcs: number[] = [];
    let node = sink;
    while ((this.#before[node] ?? -1) >= 0) {
      arcs.push(this.#arc[node] ?? 0);
      node = this.#before[node] ?? -1;
    }
    arcs.reverse();
    const [kind, from] = node > sink ? [Arc.uncalledLess, node - sink - 1] : [Arc.standLess, node];
    for (let idle = from; idle < sink; idle += places) arcs.push(arcCode(kind, idle));
    return { vehicles: this.vehicles, arcs, estimate: this.#label[sink] ?? 0 };
  }
}
