import type { Tier } from './tier.js';
import type pg from 'pg';
import type { EpochMs } from '#libs/kernel';
import { Partitions } from './partitions.js';
import type { SeriesTable } from './series-tables.js';
import { TimescaleChunks } from './timescale.js';

/** How a tier makes room for new instants and drops old ones. */
export interface Chunks {
  /** Afterwards rows at all these instants can be inserted. */
  ensure(table: SeriesTable, instants: Iterable<EpochMs>): Promise<void>;
  /** Drops chunks that end at or before `cutoff`. */
  dropBefore(table: SeriesTable, cutoff: EpochMs): Promise<void>;
  /** Looks again at what there is, after another process changed it. */
  forget(): void;
}

export const chunksOf = (pool: pg.Pool, tier: Tier): Chunks =>
  tier === 'postgresql' ? new Partitions(pool) : new TimescaleChunks(pool, tier);
