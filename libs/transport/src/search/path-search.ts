import type { ResidualNetwork } from './residual.js';

/** A path through the residual network of a class. */
export interface Path {
  readonly arcs: readonly number[];
  readonly cost: number;
}

/**
 * The cheapest path between two nodes (Dijkstra), with the labels of a cycle search as prices that make every arc's cost
 * positive. Where a label is out of date the arc counts as free.
 */
export class PathSearch {
  readonly #network: ResidualNetwork;
  readonly #labels: Float64Array;
  readonly #distance: Float64Array;
  readonly #before: Int32Array;
  readonly #arc: Int32Array;
  readonly #arcCost: Float64Array;
  readonly #isDone: Uint8Array;
  readonly #touched: Int32Array;
  #touchedCount = 0;
  #heap: Int32Array;
  #keys: Float64Array;
  #size = 0;

  constructor(network: ResidualNetwork, labels: Float64Array) {
    const { nodes } = network;
    this.#network = network;
    this.#labels = labels;
    this.#distance = new Float64Array(nodes).fill(Infinity);
    this.#before = new Int32Array(nodes);
    this.#arc = new Int32Array(nodes);
    this.#arcCost = new Float64Array(nodes);
    this.#isDone = new Uint8Array(nodes);
    this.#touched = new Int32Array(nodes);
    this.#heap = new Int32Array(1024);
    this.#keys = new Float64Array(1024);
  }

  /** Undefined where there is none. `without` is an arc not to be used. */
  find(from: number, to: number, without: number): Path | undefined {
    this.#reset();
    const labels = this.#labels;
    const network = this.#network;
    const { head, cost, arc } = network;
    this.#reach(from, 0, -1, -1, 0);
    while (this.#size > 0) {
      const reached = this.#keys[0] ?? Infinity;
      const node = this.#pop();
      if (this.#isDone[node] === 1) continue;
      if (node === to) return this.#pathTo(to);
      this.#isDone[node] = 1;
      const label = labels[node] ?? 0;
      const count = network.listFrom(node);
      for (let index = 0; index < count; index += 1) {
        const next = head[index] ?? 0;
        if (this.#isDone[next] === 1 || arc[index] === without) continue;
        const arcCost = cost[index] ?? 0;
        const reduced = arcCost + label - (labels[next] ?? 0);
        const distance = reached + (reduced > 0 ? reduced : 0);
        if (distance < (this.#distance[next] ?? Infinity)) this.#reach(next, distance, node, arc[index] ?? 0, arcCost);
      }
    }
    return undefined;
  }

  /** The cheapest path to any of some nodes. Undefined where none can be reached. */
  findAny(from: number, targets: ReadonlySet<number>): (Path & { readonly to: number }) | undefined {
    this.#reset();
    const labels = this.#labels;
    const network = this.#network;
    const { head, cost, arc } = network;
    const labelOf = (node: number): number => labels[node] ?? 0;
    const open = [...targets].sort((a, b) => labelOf(a) - labelOf(b));
    const lowest = labelOf(open[0] ?? -1);
    let first = 0;
    let best = -1;
    let bestKey = Infinity;
    this.#reach(from, 0, -1, -1, 0);
    while (this.#size > 0) {
      const reached = this.#keys[0] ?? Infinity;
      // Of those that are not reached yet none can be better.
      while (first < open.length && this.#isDone[open[first] ?? 0] === 1) first += 1;
      if (first === open.length || reached + labelOf(open[first] ?? 0) - lowest >= bestKey) break;
      const node = this.#pop();
      if (this.#isDone[node] === 1) continue;
      this.#isDone[node] = 1;
      if (targets.has(node) && reached + labelOf(node) - lowest < bestKey) {
        best = node;
        bestKey = reached + labelOf(node) - lowest;
      }
      const label = labelOf(node);
      const count = network.listFrom(node);
      for (let index = 0; index < count; index += 1) {
        const next = head[index] ?? 0;
        if (this.#isDone[next] === 1) continue;
        const arcCost = cost[index] ?? 0;
        const reduced = arcCost + label - (labels[next] ?? 0);
        const distance = reached + (reduced > 0 ? reduced : 0);
        if (distance < (this.#distance[next] ?? Infinity)) this.#reach(next, distance, node, arc[index] ?? 0, arcCost);
      }
    }
    return best < 0 ? undefined : { ...this.#pathTo(best), to: best };
  }

  #reset(): void {
    for (let index = 0; index < this.#touchedCount; index += 1) {
      const node = this.#touched[index] ?? 0;
      this.#distance[node] = Infinity;
      this.#isDone[node] = 0;
    }
    this.#touchedCount = 0;
    this.#size = 0;
  }

  #reach(node: number, distance: number, before: number, arc: number, arcCost: number): void {
    if (this.#distance[node] === Infinity) {
      this.#touched[this.#touchedCount] = node;
      this.#touchedCount += 1;
    }
    this.#distance[node] = distance;
    this.#before[node] = before;
    this.#arc[node] = arc;
    this.#arcCost[node] = arcCost;
    this.#push(node, distance);
  }

  #pathTo(to: number): Path {
    const arcs: number[] = [];
    let cost = 0;
    for (let node = to; (this.#before[node] ?? -1) >= 0; node = this.#before[node] ?? -1) {
      arcs.push(this.#arc[node] ?? 0);
      cost += this.#arcCost[node] ?? 0;
    }
    return { arcs: arcs.reverse(), cost };
  }

  #push(node: number, key: number): void {
    if (this.#size === this.#heap.length) this.#grow();
    const heap = this.#heap;
    const keys = this.#keys;
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((keys[parent] ?? 0) <= key) break;
      keys[at] = keys[parent] ?? 0;
      heap[at] = heap[parent] ?? 0;
      at = parent;
    }
    keys[at] = key;
    heap[at] = node;
  }

  #pop(): number {
    const heap = this.#heap;
    const keys = this.#keys;
    const top = heap[0] ?? 0;
    this.#size -= 1;
    const key = keys[this.#size] ?? 0;
    const node = heap[this.#size] ?? 0;
    let at = 0;
    for (let child = 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child += 1;
      if ((keys[child] ?? 0) >= key) break;
      keys[at] = keys[child] ?? 0;
      heap[at] = heap[child] ?? 0;
      at = child;
    }
    keys[at] = key;
    heap[at] = node;
    return top;
  }

  #grow(): void {
    const heap = new Int32Array(this.#heap.length * 2);
    const keys = new Float64Array(heap.length);
    heap.set(this.#heap);
    keys.set(this.#keys);
    [this.#heap, this.#keys] = [heap, keys];
  }
}
