import type pg from 'pg';
import { DAY_MS, type EpochMs, epochMs, errorCode } from '#libs/kernel';
import { inTransaction } from '../connection.js';
import type { Batch, ReadingRow, ReadingStore, Receipt, RollUpOptions, SeriesStep } from '../contract.js';
import type { Chunks } from '../tier/chunks.js';
import { chunksOf } from '../tier/chunks-of.js';
import { LATE_DAYS, READING, SERIES_TABLES, VEHICLE_POSITION } from '../tier/series-tables.js';
import type { Tier } from '../tier/tier.js';
import { forgetDeliveries } from './deliveries.js';
import { importRows } from './import-history.js';
import { LatestReadings } from './latest.js';
import { checkStorable, type StoredReading, toReadingRow } from './reading-row.js';
import { rollUpAggregates, rollUpHere } from './roll-up.js';
import { querySeries } from './series-query.js';
import { writeBatch } from './write-batch.js';
import { WriteWay } from './write-way.js';

const DAYS_AHEAD = 3;
const MOST_RAW_ROWS = 500_000;
const REJECTED_DAYS = 30;

export class PostgresReadingStore implements ReadingStore {
  private readonly chunks: Chunks;
  private readonly way = new WriteWay();
  private readonly newest: LatestReadings;

  constructor(
    private readonly pool: pg.Pool,
    private readonly tier: Tier,
  ) {
    this.chunks = chunksOf(pool, tier);
    this.newest = new LatestReadings(pool);
  }

  async write(batch: Batch): Promise<{ readonly inserted: number; readonly duplicates: number }> {
    const all = readingsOf(batch);
    checkStorable(all);
    const inserted = await this.writeSurely(batch, this.way.next());
    return { inserted, duplicates: all.length - inserted };
  }

  importHistory(
    rows: Iterable<ReadingRow> | AsyncIterable<ReadingRow>,
    onProgress: (rows: number) => void = () => undefined,
  ): Promise<number> {
    return importRows(this.pool, { chunks: this.chunks, tier: this.tier }, rows, onProgress);
  }

  async isEmpty(): Promise<boolean> {
    const { rows } = await this.pool.query<{ empty: boolean }>('select not exists (select from reading) as empty');
    return rows[0]?.empty === true;
  }

  async totals(): Promise<{ readonly stored: number; readonly imported: number; readonly rejected: number }> {
    const { rows } = await this.pool.query<{ stored: number; imported: number; rejected: number }>(
      'select stored::float8, imported::float8, rejected::float8 from ingest_total',
    );
    const [totals] = rows;
    if (!totals) throw new Error('The table ingest_total has lost its row.');
    return totals;
  }

  async receipts(): Promise<readonly Receipt[]> {
    const { rows } = await this.pool.query<Receipt>(
      `select venue, id as gateway, stored_seq::float8 as seq from gateway where stored_seq is not null order by 1, 2`,
    );
    return rows;
  }

  latest(pointIds: readonly number[]): Promise<ReadonlyMap<number, ReadingRow>> {
    return this.newest.find(pointIds);
  }

  series(pointId: number, from: EpochMs, to: EpochMs, stepMs: number): Promise<readonly SeriesStep[]> {
    return querySeries(this.pool, pointId, from, to, stepMs);
  }

  async raw(pointIds: readonly number[], from: EpochMs, to: EpochMs): Promise<readonly ReadingRow[]> {
    const { rows } = await this.pool.query<StoredReading>(
      `select point_id, ts, value, quality from reading where point_id = any ($1::integer[]) and ts >= $2 and ts < $3
       order by ts, point_id limit ${MOST_RAW_ROWS + 1}`,
      [pointIds, new Date(from), new Date(to)],
    );
    if (rows.length > MOST_RAW_ROWS) {
      throw new RangeError(
        `[${from}, ${to}) holds more than ${MOST_RAW_ROWS} readings of these ${pointIds.length} points. Perhaps ask for series instead.`,
      );
    }
    return rows.map(toReadingRow);
  }

  rollUp({ settled }: RollUpOptions = { settled: false }): Promise<number> {
    return this.tier === 'timescaledb_community'
      ? rollUpAggregates(this.pool, settled)
      : rollUpHere(this.pool, this.chunks, settled);
  }

  async makeRoom(now: EpochMs): Promise<void> {
    const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => epochMs(now + (index - 1) * DAY_MS));
    for (const table of SERIES_TABLES) await this.chunks.makeAhead(table, days);
  }

  async maintain(now: EpochMs): Promise<void> {
    await this.makeRoom(now);
    for (const table of SERIES_TABLES) {
      await this.chunks.dropBefore(table, epochMs(now - table.keepDays * DAY_MS));
    }
    await this.chunks.packBefore(epochMs(now - (LATE_DAYS + 1) * DAY_MS));
    await this.pool.query(`delete from rejected_message where at < now() - interval '${REJECTED_DAYS} days'`);
    await forgetDeliveries(this.pool);
    await forgetOldRuns(this.pool, now);
  }

  /** Once more after what a second try mends: rows that were there before, and a partition that another process dropped since we looked. */
  private async writeSurely(batch: Batch, way: 'copy' | 'insert', looked = false): Promise<number> {
    try {
      return await this.writeOnce(batch, way);
    } catch (error) {
      const code = errorCode(error);
      if (code === DUPLICATE && way === 'copy') {
        this.way.metDuplicate();
        return this.writeSurely(batch, 'insert', looked);
      }
      if (code !== WITHOUT_PARTITION || looked) throw error;
      this.chunks.forget();
      return this.writeSurely(batch, way, true);
    }
  }

  private async writeOnce(batch: Batch, way: 'copy' | 'insert'): Promise<number> {
    await this.chunks.ensure(
      READING,
      readingsOf(batch).map((row) => row.ts),
    );
    const { positions = [] } = batch;
    await this.chunks.ensure(
      VEHICLE_POSITION,
      positions.map((row) => row.ts),
    );
    return inTransaction(this.pool, (client) => writeBatch(client, batch, way));
  }
}

const readingsOf = ({ readings, untimed = [] }: Batch): readonly ReadingRow[] =>
  untimed.length === 0 ? readings : [...readings, ...untimed.flatMap((message) => message.readings)];

// Codes of PostgreSQL: unique_violation, check_violation.
const DUPLICATE = '23505';
const WITHOUT_PARTITION = '23514';

const FORECAST_DAYS = 3;
const OUTCOME_DAYS = 30;
const TRIP_DAYS = 400;

/** Plans are pruned by `PlanStore.prune`; a plan carries its problem, so it outlives the forecast it was made from. */
const forgetOldRuns = async (pool: pg.Pool, now: EpochMs): Promise<void> => {
  const daysAgo = (days: number) => [new Date(now - days * DAY_MS)];
  await pool.query(
    `with gone as (delete from forecast_run where made < $1 returning id)
     delete from forecast_value where run in (select id from gone)`,
    daysAgo(FORECAST_DAYS),
  );
  await pool.query('delete from command_outcome where at < $1', daysAgo(OUTCOME_DAYS));
  await pool.query('delete from trip where departs < $1', daysAgo(TRIP_DAYS));
};
