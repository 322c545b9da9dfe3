import { normalOf, uniformOf } from '../shuttle-day/seeded.js';

/** From a mean of so many on, a count is drawn from the normal distribution. */
const MANY = 30;

/**
 * Random numbers by what they are for: (seed, entity, purpose, place in the series) is all that a draw depends on. So a change to one line, site or policy leaves every draw of the others as it was,
 * and two policies with the same seed meet the same day (common random numbers).
 */
export class Streams {
  /** Of names, so that each is hashed once. */
  readonly #keys = new Map<string, number>();

  constructor(readonly seed: number) {}

  /** In [0, 1). */
  uniform(entity: string, purpose: string, ...places: readonly number[]): number {
    return uniformOf(this.seed, this.#keyOf(entity), this.#keyOf(purpose), ...places);
  }

  /** Of mean 0 and standard deviation 1. */
  normal(entity: string, purpose: string, ...places: readonly number[]): number {
    return normalOf(this.uniform(entity, purpose, ...places, 1), this.uniform(entity, purpose, ...places, 2));
  }

  /** Of median 1; `spread`: standard deviation of its logarithm. */
  lognormal(spread: number, entity: string, purpose: string, ...places: readonly number[]): number {
    return spread === 0 ? 1 : Math.exp(spread * this.normal(entity, purpose, ...places));
  }

  /** A Poisson count; a larger mean with the same key never gives a smaller count. */
  poisson(mean: number, entity: string, purpose: string, ...places: readonly number[]): number {
    if (mean <= 0) return 0;
    if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal(entity, purpose, ...places)));
    let chance = Math.exp(-mean);
    let left = this.uniform(entity, purpose, ...places) - chance;
    let count = 0;
    while (left >= 0 && chance > 0) {
      count += 1;
      chance *= mean / count;
      left -= chance;
    }
    return count;
  }

  #keyOf(name: string): number {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    // FNV-1a (Fowler, Noll, Vo).
    let hash = 0x811c9dc5;
    for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    this.#keys.set(name, hash);
    return hash;
  }
}
