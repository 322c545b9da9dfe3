import type { EpochMs } from '#libs/kernel';

/** What happens at one instant, in this order. */
export const PHASES = ['plan', 'depart', 'call', 'minute'] as const;
export type Phase = (typeof PHASES)[number];

interface Event {
  readonly at: EpochMs;
  readonly rank: number;
  readonly number: number;
  readonly action: () => void | Promise<void>;
}

const isBefore = (a: Event, b: Event): boolean =>
  a.at !== b.at ? a.at < b.at : a.rank !== b.rank ? a.rank < b.rank : a.number < b.number;

/** Discrete events in time order; at one instant by phase, then as they were scheduled: the same run every time. */
export class EventQueue {
  /** A binary heap: no event is before its parent. */
  readonly #heap: Event[] = [];
  #scheduled = 0;
  #ran = 0;

  /** Events that have run. */
  get ran(): number {
    return this.#ran;
  }

  schedule(at: EpochMs, phase: Phase, action: () => void | Promise<void>): void {
    const heap = this.#heap;
    const event = { at, rank: PHASES.indexOf(phase), number: this.#scheduled++, action };
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(event, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = event;
  }

  /** Runs everything before `end`, also what is scheduled on the way. */
  async runUntil(end: EpochMs): Promise<void> {
    for (let event = this.#heap[0]; event && event.at < end; event = this.#heap[0]) {
      this.#dropFirst();
      this.#ran += 1;
      await event.action();
    }
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
      const child = right && left && isBefore(right, left) ? right : left;
      if (!child || !isBefore(child, last)) break;
      heap[place] = child;
      place = child === left ? 2 * place + 1 : 2 * place + 2;
    }
    heap[place] = last;
  }
}
