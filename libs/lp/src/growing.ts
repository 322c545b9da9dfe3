/** A list of numbers that doubles as it fills. */
export class GrowingFloats {
  #data = new Float64Array(1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const data = new Float64Array(2 * this.#length);
      data.set(this.#data);
      this.#data = data;
    }
    this.#data[this.#length] = value;
    this.#length += 1;
  }

  /** Replaces one that is there. */
  set(at: number, value: number): void {
    this.#data[at] = value;
  }

  /** What is in it, not copied: until the next push. */
  view(): Float64Array {
    return this.#data.subarray(0, this.#length);
  }

  /** What is in it, without the room to grow. */
  toArray(): Float64Array {
    return this.#data.slice(0, this.#length);
  }
}
