import { type Audit, audit, type Expected, type Stored } from './audit.js';
import type { Source } from './pack.js';
import type { Timescaledb } from './timescaledb.js';

/** Who sends the readings of a point, and what it sent since it was last settled. */
export interface Sender {
  readonly source: Source;
  readonly expected: readonly Expected[];
}

interface Row extends Stored {
  readonly venue: string;
  readonly name: string;
}

const keyOf = (venue: string, point: string): string => `${venue}/${point}`;

/** Asks the database what became of what was sent. */
export class Ledger {
  /** Highest value of each point that was looked at before. */
  readonly #before = new Map<string, number>();

  constructor(
    private readonly database: Timescaledb,
    private readonly senders: readonly Sender[],
  ) {}

  /** What each sender sent since the last `settle`, against the table. */
  async audit(): Promise<ReadonlyMap<Sender, Audit>> {
    const rows = await this.#rows();
    return new Map(
      this.senders.map((sender) => {
        const { venue, point } = sender.source;
        return [sender, audit(sender.expected, rows.get(keyOf(venue, point)) ?? [])];
      }),
    );
  }

  /** From here on only what is sent later is looked at. */
  settle(): void {
    for (const { source, expected } of this.senders) {
      const last = expected.at(-1)?.value;
      if (last !== undefined) this.#before.set(keyOf(source.venue, source.point), last);
    }
  }

  /** Values that stand more than once in the whole table, for ever and at any time. */
  async duplicates(): Promise<number> {
    const [row] = await this.database.query<{ readonly twice: number }>(
      `select coalesce(sum(rows - 1), 0)::integer as twice from (
         select count(*) as rows from reading join point on point.id = point_id
         where name = any ($1::text[]) group by point_id, round(value) having count(*) > 1) as doubled`,
      [this.senders.map(({ source }) => source.point)],
    );
    return row?.twice ?? 0;
  }

  /** Readings refused since the database was made. */
  async rejected(): Promise<{ readonly count: number; readonly reasons: readonly string[] }> {
    const rows = await this.database.query<{ readonly reason: string; readonly count: number }>(
      'select reason, sum(readings)::integer as count from rejected_message group by reason order by reason',
    );
    return {
      count: rows.reduce((sum, { count }) => sum + count, 0),
      reasons: rows.map(({ reason, count }) => `${count} x ${reason}`),
    };
  }

  async #rows(): Promise<ReadonlyMap<string, readonly Stored[]>> {
    const sources = this.senders.map(({ source }) => source);
    const rows = await this.database.query<Row>(
      `select venue, name, round(value)::float8 as value, round(extract(epoch from ts) * 1000)::float8 as ts
       from reading join point on point.id = point_id
       join unnest($1::text[], $2::text[], $3::float8[]) as wanted (of_venue, of_name, above)
         on venue = of_venue and name = of_name and value > above + 0.5
       order by point_id, ts`,
      [
        sources.map(({ venue }) => venue),
        sources.map(({ point }) => point),
        sources.map(({ venue, point }) => this.#before.get(keyOf(venue, point)) ?? 0),
      ],
    );
    const byPoint = new Map<string, Stored[]>();
    for (const { venue, name, value, ts } of rows) {
      const key = keyOf(venue, name);
      const known = byPoint.get(key);
      if (known) known.push({ value, ts });
      else byPoint.set(key, [{ value, ts }]);
    }
    return byPoint;
  }
}
