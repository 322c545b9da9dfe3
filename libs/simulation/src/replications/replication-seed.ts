import { uniformOf } from '../shuttle-day/seeded.js';

/** The seed of the world of a replication: the same for every policy. */
export const replicationSeed = (seed: number, replication: number): number =>
  Math.floor(uniformOf(seed, replication) * 2 ** 31);
