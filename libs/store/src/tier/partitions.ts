import type pg from 'pg';
import { DAY_MS, type EpochMs, epochMs } from '#libs/kernel';
import { inTransaction } from '../connection.js';
import { LOCKS } from '../locks.js';
import type { Chunks } from './chunks.js';
import { SERIES_TABLES, type SeriesTable } from './series-tables.js';

/** One call never makes more: more distinct days than this in one batch is a fault, not an event. */
const MOST_NEW = 100;

/** Partitions are counted from the epoch: number `i` holds [i, i + 1) times `chunkDays`. */
export const partitionOf = (table: SeriesTable, instant: EpochMs): number =>
  Math.floor(instant / (table.chunkDays * DAY_MS));

export const partitionStart = (table: SeriesTable, index: number): EpochMs => epochMs(index * table.chunkDays * DAY_MS);

const dateOf = (instant: EpochMs): string => new Date(instant).toISOString().slice(0, 10);

export const partitionName = (table: SeriesTable, index: number): string =>
  `${table.name}_p${dateOf(partitionStart(table, index)).replaceAll('-', '')}`;

/** The partition's number, or undefined when another hand made it. */
export const parsePartitionName = (table: SeriesTable, name: string): number | undefined => {
  const match = /_p(\d{4})(\d\d)(\d\d)$/.exec(name);
  if (!match) return undefined;
  const index = partitionOf(table, epochMs(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))));
  return partitionName(table, index) === name ? index : undefined;
};

/** Native range partitions on plain PostgreSQL. What exists is remembered, so that a write usually asks nothing. */
export class Partitions implements Chunks {
  private known: Promise<ReadonlyMap<string, Set<number>>> | undefined;

  constructor(private readonly pool: pg.Pool) {}

  async ensure(table: SeriesTable, instants: Iterable<EpochMs>): Promise<void> {
    const known = await this.load();
    const present = known.get(table.name) ?? new Set();
    const missing = new Set<number>();
    for (const instant of instants) {
      const index = partitionOf(table, instant);
      if (!present.has(index)) missing.add(index);
    }
    if (missing.size === 0) return;
    if (missing.size > MOST_NEW) {
      throw new RangeError(
        `One batch needs ${missing.size} new partitions of ${table.name}; at most ${MOST_NEW} are made at once. Perhaps its timestamps are wrong.`,
      );
    }
    await this.create(
      table,
      [...missing].sort((a, b) => a - b),
    );
    for (const index of missing) present.add(index);
  }

  makeAhead(table: SeriesTable, instants: readonly EpochMs[]): Promise<void> {
    return this.ensure(table, instants);
  }

  async dropBefore(table: SeriesTable, cutoff: EpochMs): Promise<void> {
    this.forget();
    const present = (await this.load()).get(table.name) ?? new Set();
    for (const index of [...present].filter((index) => partitionStart(table, index + 1) <= cutoff)) {
      await inTransaction(this.pool, async (client) => {
        // Dropping takes the whole table for a moment: rather fail and be called again than hold everybody up.
        await client.query(`set local lock_timeout = '2s'`);
        await client.query(`drop table if exists ${partitionName(table, index)}`);
      });
      present.delete(index);
    }
  }

  packBefore(): Promise<void> {
    return Promise.resolve();
  }

  forget(): void {
    this.known = undefined;
  }

  private load(): Promise<ReadonlyMap<string, Set<number>>> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async read(): Promise<ReadonlyMap<string, Set<number>>> {
    const { rows } = await this.pool.query<{ parent: string; name: string }>(
      `select parent.relname as parent, child.relname as name
       from pg_inherits join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
       where inhparent in (select to_regclass(name) from unnest($1::text[]) as series (name))`,
      [SERIES_TABLES.map((table) => table.name)],
    );
    return new Map(
      SERIES_TABLES.map((table) => {
        const names = rows.filter((row) => row.parent === table.name).map((row) => row.name);
        return [
          table.name,
          new Set(names.map((name) => parsePartitionName(table, name)).filter((index) => index !== undefined)),
        ];
      }),
    );
  }

  /** Attached, not created as a partition: attaching lets others go on reading and writing the table. */
  private create(table: SeriesTable, indexes: readonly number[]): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.partitions]);
      for (const index of indexes) {
        const name = partitionName(table, index);
        const { rows } = await client.query<{ free: boolean }>('select to_regclass($1) is null as free', [name]);
        if (rows[0]?.free !== true) continue;
        const [from, to] = [partitionStart(table, index), partitionStart(table, index + 1)].map(dateOf);
        await client.query(`create table ${name} (like ${table.name} including all)`);
        await client.query(
          `alter table ${table.name} attach partition ${name} for values from ('${from}Z') to ('${to}Z')`,
        );
      }
    });
  }
}
