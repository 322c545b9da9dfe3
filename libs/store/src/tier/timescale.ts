import type pg from 'pg';
import type { EpochMs } from '#libs/kernel';
import { inTransaction } from '../connection.js';
import type { Chunks } from './chunks.js';
import { packBefore } from './community.js';
import { partitionName, partitionOf, partitionStart } from './partitions.js';
import { READING, type SeriesTable, VEHICLE_POSITION } from './series-tables.js';
import type { Tier } from './tier.js';

/** A point that no reading has. */
const NOBODY = -1;

/** A row of nobody's, and how it is taken away again. */
const emptyRow = (table: SeriesTable): { readonly owner: string; readonly insert: string } => {
  if (table === READING)
    return { owner: 'point_id', insert: 'insert into reading (point_id, ts, value, quality) values ($1, $2, 0, 0)' };
  if (table === VEHICLE_POSITION)
    return { owner: 'vehicle', insert: 'insert into vehicle_position (vehicle, ts, lat, lon) values ($1, $2, 0, 0)' };
  const columns = 'point_id, bucket, min, max, sum, count, last';
  return { owner: 'point_id', insert: `insert into ${table.name} (${columns}) values ($1, $2, 0, 0, 0, 0, 0)` };
};

/** TimescaleDB makes chunks by itself as rows come; those of the next days are made before. Chunks are dropped from here, by event time, in both editions. */
export class TimescaleChunks implements Chunks {
  /** Chunks of the last days; a new one a day. */
  private readonly made = new Set<string>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly tier: Tier,
  ) {}

  ensure(): Promise<void> {
    return Promise.resolve();
  }

  async makeAhead(table: SeriesTable, instants: readonly EpochMs[]): Promise<void> {
    if (this.isAggregate(table)) return;
    for (const index of new Set(instants.map((instant) => partitionOf(table, instant)))) {
      const name = partitionName(table, index);
      if (this.made.has(name)) continue;
      // Only the Community edition has a function for it. A row that is gone at commit leaves its chunk.
      await inTransaction(this.pool, async (client) => {
        const { owner, insert } = emptyRow(table);
        const values = [NOBODY, new Date(partitionStart(table, index))];
        await client.query(insert, values);
        await client.query(`delete from ${table.name} where ${owner} = $1 and ${table.time} = $2`, values);
      });
      this.made.add(name);
    }
  }

  async dropBefore(table: SeriesTable, cutoff: EpochMs): Promise<void> {
    await this.pool.query(`select drop_chunks('${table.name}', older_than => $1::timestamptz)`, [new Date(cutoff)]);
  }

  async packBefore(cutoff: EpochMs): Promise<void> {
    if (this.tier === 'timescaledb_community') await packBefore(this.pool, new Date(cutoff));
  }

  forget(): void {
    this.made.clear();
  }

  private isAggregate(table: SeriesTable): boolean {
    return this.tier === 'timescaledb_community' && table !== READING && table !== VEHICLE_POSITION;
  }
}
