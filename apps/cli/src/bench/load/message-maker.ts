import type { Random } from '#libs/kernel';

import type { LoadGateway } from './protocol.js';

/** Different values of each point, after which they come again. */
const VALUES = 16;
const MOST_VALUE = 1_000;

/**
 * Messages of the contract's format of one gateway. It reads all its points at one instant, in as many messages as that takes, and then again: no point
 * has the same instant twice. Everything but instants and seqs is made beforehand.
 */
export class MessageMaker {
  readonly #heads: readonly string[];
  readonly #tails: readonly (readonly string[])[];
  #place = 0;
  #round = -1;
  #ts = 0;

  /** @param now epoch ms */
  constructor(
    { points, unit }: LoadGateway,
    random: Random,
    private readonly now: () => number,
  ) {
    const value = () => Math.round(random() * MOST_VALUE * 10) / 10;
    this.#heads = points.map((point) => `{"point":${JSON.stringify(point)},"ts":`);
    this.#tails = points.map(() =>
      Array.from({ length: VALUES }, () => `,"value":${value()},"unit":${JSON.stringify(unit)},"quality":"good"}`),
    );
  }

  /** The next `count` readings; `oldest` is the lowest seq that is not receipted. */
  make(seq: number, oldest: number, count: number): string {
    let message = `{"seq":${seq},"oldest":${oldest},"readings":[`;
    for (let index = 0; index < count; index++) {
      if (this.#place === 0) this.#beginRound();
      const tail = this.#tails[this.#place]?.[this.#round % VALUES];
      message += `${index === 0 ? '' : ','}${this.#heads[this.#place]}${this.#ts}${tail}`;
      this.#place = (this.#place + 1) % this.#heads.length;
    }
    return `${message}]}`;
  }

  #beginRound(): void {
    this.#round++;
    this.#ts = Math.max(this.now(), this.#ts + 1);
  }
}
