import type { Waiting } from './boarding.js';

/** First come, first served. */
export class PeopleQueue<P> implements Waiting<P> {
  #people: P[] = [];
  #next = 0;

  get length(): number {
    return this.#people.length - this.#next;
  }

  join(person: P): void {
    this.#people.push(person);
  }

  first(): P | undefined {
    return this.#people[this.#next];
  }

  take(): void {
    if (this.#next < this.#people.length) this.#next++;
    // What has left is forgotten now and then.
    if (this.#next > 1000 && this.#next * 2 > this.#people.length) {
      this.#people = this.#people.slice(this.#next);
      this.#next = 0;
    }
  }

  [Symbol.iterator](): IterableIterator<P> {
    return this.#people.slice(this.#next).values();
  }
}
