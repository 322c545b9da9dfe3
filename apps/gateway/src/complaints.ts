const EACH_MS = 10_000;
const FIRST = 5;

/** Says what is wrong with input: the first five complaints at once, then one in ten seconds with the number left unsaid. Times are ms. */
export class Complaints {
  #count = 0;
  #unsaid = 0;
  #saidAt = -Infinity;

  constructor(
    private readonly now: () => number,
    private readonly warn: (line: string) => void,
  ) {}

  get count(): number {
    return this.#count;
  }

  add(line: string): void {
    this.#count++;
    const now = this.now();
    if (this.#count > FIRST && now - this.#saidAt < EACH_MS) {
      this.#unsaid++;
      return;
    }
    const unsaid = this.#unsaid;
    this.#unsaid = 0;
    this.#saidAt = now;
    this.warn(unsaid > 0 ? `${line} (and ${unsaid} more before it)` : line);
  }
}
