/** Nodes by their label, lowest first: a binary heap in which a label can be lowered. Nodes are 0 to `size` - 1. */
export class NodeQueue {
  /** The lowest label given to each node since `clear`; Infinity where there is none. */
  readonly labels: Float64Array;
  private readonly heap: Int32Array;
  /** Place of each node in the heap; -1 when it is not in it. */
  private readonly places: Int32Array;
  private length = 0;

  constructor(size: number) {
    this.labels = new Float64Array(size).fill(Infinity);
    this.heap = new Int32Array(size);
    this.places = new Int32Array(size).fill(-1);
  }

  clear(): void {
    this.labels.fill(Infinity);
    this.places.fill(-1);
    this.length = 0;
  }

  /** Puts a node in, or up, when the label is lower than the one it has. False when it is not. */
  lower(node: number, label: number): boolean {
    if (label >= at(this.labels, node)) return false;
    this.labels[node] = label;
    const place = at(this.places, node);
    this.rise(node, label, place < 0 ? this.length++ : place);
    return true;
  }

  /** Takes out the node with the lowest label; -1 when none is left. */
  take(): number {
    if (this.length === 0) return -1;
    const first = at(this.heap, 0);
    this.places[first] = -1;
    const last = at(this.heap, --this.length);
    if (last !== first) this.sink(last);
    return first;
  }

  private rise(node: number, label: number, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = at(this.heap, above);
      if (at(this.labels, other) <= label) break;
      this.put(other, place);
      place = above;
    }
    this.put(node, place);
  }

  private sink(node: number): void {
    const label = at(this.labels, node);
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= this.length) break;
      const right = below + 1;
      if (right < this.length && at(this.labels, at(this.heap, right)) < at(this.labels, at(this.heap, below))) {
        below = right;
      }
      const other = at(this.heap, below);
      if (at(this.labels, other) >= label) break;
      this.put(other, place);
      place = below;
    }
    this.put(node, place);
  }

  private put(node: number, place: number): void {
    this.heap[place] = node;
    this.places[node] = place;
  }
}

/** An entry of a typed array whose index is known to lie in it. */
export const at = (values: Float64Array | Int32Array | Uint16Array | Uint8Array, index: number): number =>
  values[index] ?? Number.NaN;
