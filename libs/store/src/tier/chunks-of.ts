import type pg from 'pg';
import type { Chunks } from './chunks.js';
import { Partitions } from './partitions.js';
import type { Tier } from './tier.js';
import { TimescaleChunks } from './timescale.js';

export const chunksOf = (pool: pg.Pool, tier: Tier): Chunks =>
  tier === 'postgresql' ? new Partitions(pool) : new TimescaleChunks(pool, tier);
