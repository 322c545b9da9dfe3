import { EdgeNode } from './edge-node.js';
import type { SparkplugTopic } from './topic.js';

const MAX_NODES = 1_000;
/** Metrics and devices of all nodes together. */
const MAX_WEIGHT = 100_000;

/** The edge nodes of one reader. When there are too many, those not heard of for the longest time are forgotten, and asked for a rebirth when they come again. */
export class EdgeNodes {
  /** In the order in which they were last heard. */
  readonly #nodes = new Map<string, EdgeNode>();
  #weight = 0;

  find({ group, edge }: SparkplugTopic): EdgeNode | undefined {
    return this.#nodes.get(`${group}/${edge}`);
  }

  /** Hands a node, new or known, to `use`, then holds the bounds. */
  with<T>({ group, edge }: SparkplugTopic, use: (node: EdgeNode) => T): T {
    const key = `${group}/${edge}`;
    const node = this.#nodes.get(key) ?? new EdgeNode();
    if (this.#nodes.delete(key)) this.#weight -= node.weight;
    const result = use(node);
    this.#nodes.set(key, node);
    this.#weight += node.weight;
    this.#holdBounds();
    return result;
  }

  #holdBounds(): void {
    for (const [key, { weight }] of this.#nodes) {
      if (this.#nodes.size === 1 || (this.#nodes.size <= MAX_NODES && this.#weight <= MAX_WEIGHT)) return;
      this.#nodes.delete(key);
      this.#weight -= weight;
    }
  }
}
