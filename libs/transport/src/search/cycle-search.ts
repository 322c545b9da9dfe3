import { nodeAt } from './network.js';
import { type Cycle, WORTHWHILE } from './cycle.js';
import { PathSearch } from './path-search.js';
import { ResidualNetwork } from './residual.js';
import type { Schedule } from './schedule.js';

/** So many nodes are looked through one by one: the next is often near. */
const NEAR = 16;

/**
 * Finds negative cycles by label correcting (Bellman and Ford, in sweeps along time), looking for a cycle among the predecessors at each step. The labels
 * stay from one search to the next: once there is no negative cycle they prove it, and after a change only what changed is looked at again.
 */
export class CycleSearch {
  readonly schedule: Schedule;
  readonly vehicles: number;
  readonly network: ResidualNetwork;
  /** Node prices: of no arc the cost is below the difference of its ends' labels, once `find` finds nothing. */
  readonly labels: Float64Array;
  readonly #before: Int32Array;
  readonly #arc: Int32Array;
  readonly #arcCost: Float64Array;
  readonly #isWaiting: Uint8Array;
  /** The number of the `find` that looked at each node last: only what it looked at has come before anything. */
  readonly #lookedIn: Int32Array;
  #finds = 0;
  readonly #paths: PathSearch;
  /** Labels before the first change since `keepLabels`. */
  readonly #kept: Float64Array;
  #isChanged = false;
  #cursor = 0;

  constructor(schedule: Schedule, vehicles: number) {
    this.schedule = schedule;
    this.vehicles = vehicles;
    this.network = new ResidualNetwork(schedule, vehicles);
    const { nodes } = this.network;
    this.labels = new Float64Array(nodes);
    this.#kept = new Float64Array(nodes);
    this.#paths = new PathSearch(this.network, this.labels);
    this.#before = new Int32Array(nodes);
    this.#arc = new Int32Array(nodes);
    this.#arcCost = new Float64Array(nodes);
    this.#isWaiting = new Uint8Array(nodes);
    this.#lookedIn = new Int32Array(nodes);
    this.touchAll();
  }

  touchAll(): void {
    for (let node = 0; node < this.network.nodes; node += 1) this.touch(node);
  }

  /** The arcs that leave this node may have changed. */
  touch(node: number): void {
    this.#isWaiting[node] = 1;
  }

  /** The costs of a pattern's arcs may have changed: what leaves a node more cheaply than the labels say is looked at again. */
  touchPattern(index: number): void {
    const { schedule, labels } = this;
    const { network } = schedule.compiled;
    const vehicleClass = network.classes[this.vehicles];
    const pattern = network.patterns[index];
    const cost = vehicleClass?.tripCost[index] ?? Infinity;
    if (!vehicleClass || !pattern || cost === Infinity) return;
    const more = schedule.more[vehicleClass.kind];
    const own = schedule.trips[this.vehicles];
    const near = schedule.nearby[this.vehicles];
    for (let slot = 0, trip = index * network.slots; slot < network.slots; slot += 1, trip += 1) {
      const from = slot * network.places + pattern.from;
      const to = nodeAt(network, pattern.to, slot + pattern.busy);
      const difference = (labels[to] ?? 0) - (labels[from] ?? 0);
      if ((near?.[trip] ?? 0) > 0 || (more?.[trip] ?? 0) + cost < difference - WORTHWHILE) this.touch(from);
      if ((own?.[trip] ?? 0) > 0) this.touch(to);
    }
  }

  /** A negative cycle, or undefined where there is none; labels that would fall by less than `worthwhile` stay. */
  find(worthwhile = WORTHWHILE): Cycle | undefined {
    this.#before.fill(-1);
    this.#finds += 1;
    const { network, labels } = this;
    const { head, cost, arc } = network;
    for (let node = this.#next(); node >= 0; node = this.#next()) {
      this.#isWaiting[node] = 0;
      this.#lookedIn[node] = this.#finds;
      const label = labels[node] ?? 0;
      const count = network.listBetter(node, label + worthwhile, labels);
      for (let index = 0; index < count; index += 1) {
        const arcCost = cost[index] ?? 0;
        const to = head[index] ?? 0;
        if (label + arcCost >= (labels[to] ?? 0) - worthwhile) continue;
        if (to === node || this.#isAncestor(to, node)) {
          // The node is looked at again: what is left of its list was not.
          this.touch(node);
          return this.#cycleThrough(node, to, arc[index] ?? 0, arcCost);
        }
        if (!this.#isChanged) {
          this.#kept.set(labels);
          this.#isChanged = true;
        }
        labels[to] = label + arcCost;
        this.#before[to] = node;
        this.#arc[to] = arc[index] ?? 0;
        this.#arcCost[to] = arcCost;
        this.touch(to);
      }
    }
    return undefined;
  }

  /** The next node to look at: in the order of time, for most arcs go forward, and then from the start again. */
  #next(): number {
    const near = Math.min(this.#cursor + NEAR, this.#isWaiting.length);
    for (let node = this.#cursor; node < near; node += 1) {
      if (this.#isWaiting[node] !== 1) continue;
      this.#cursor = node;
      return node;
    }
    const node = this.#isWaiting.indexOf(1, near);
    const found = node >= 0 ? node : this.#isWaiting.indexOf(1);
    this.#cursor = Math.max(0, found);
    return found;
  }

  /** A cycle through an arc, at the least cost, to be forced: the rest of it does not take the arc back. */
  findThrough(from: number, to: number, arc: number, back: number): Cycle | undefined {
    const path = this.#paths.find(to, from, back);
    return path && { vehicles: this.vehicles, arcs: [arc, ...path.arcs], estimate: path.cost };
  }

  findPath(from: number, targets: ReadonlySet<number>): ReturnType<PathSearch['findAny']> {
    return this.#paths.findAny(from, targets);
  }

  /** From here on the labels can be restored. */
  keepLabels(): void {
    this.#isChanged = false;
  }

  /** Labels as at `keepLabels`, and nothing is touched any more. */
  restoreLabels(): void {
    this.#isWaiting.fill(0);
    if (this.#isChanged) this.labels.set(this.#kept);
    this.#isChanged = false;
  }

  #isAncestor(one: number, of: number): boolean {
    if (this.#lookedIn[one] !== this.#finds) return false;
    let node = this.#before[of] ?? -1;
    while (node >= 0) {
      if (node === one) return true;
      node = this.#before[node] ?? -1;
    }
    return false;
  }

  #cycleThrough(last: number, first: number, arc: number, arcCost: number): Cycle {
    const arcs = [arc];
    let estimate = arcCost;
    for (let node = last; node !== first; node = this.#before[node] ?? first) {
      arcs.push(this.#arc[node] ?? 0);
      estimate += this.#arcCost[node] ?? 0;
    }
    return { vehicles: this.vehicles, arcs: arcs.reverse(), estimate };
  }
}
