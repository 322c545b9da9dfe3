import type pg from 'pg';
import type { EpochMs } from '#libs/kernel';
import type { Chunks } from './chunks.js';
import type { SeriesTable } from './series-tables.js';
import type { Tier } from './tier.js';

/** TimescaleDB makes chunks by itself. The Apache edition refuses jobs, so its chunks are dropped from here. */
export class TimescaleChunks implements Chunks {
  constructor(
    private readonly pool: pg.Pool,
    private readonly tier: Tier,
  ) {}

  ensure(): Promise<void> {
    return Promise.resolve();
  }

  async dropBefore(table: SeriesTable, cutoff: EpochMs): Promise<void> {
    if (this.tier === 'timescaledb_community') return;
    await this.pool.query(`select drop_chunks('${table.name}', older_than => $1::timestamptz)`, [new Date(cutoff)]);
  }

  forget(): void {
    // Nothing is remembered.
  }
}
