import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { inTransaction, type Queryable } from '../connection.js';
import { LOCKS } from '../locks.js';
import { SimulationDayEntity } from '../schema/entities/simulation-day.js';
import { SimulationRunEntity } from '../schema/entities/simulation-run.js';
import type { NewSimulation, SimulationDay, SimulationRun, SimulationStore } from './contract.js';
import { insertRun } from './insert-run.js';

/** Runs that are queued or running, those of the ledger apart. */
const MOST_STANDING = 8;
/** Runs that have ended and nobody keeps: the oldest go. */
const MOST_ENDED = 50;
const MOST_KEPT = 100;

const toRun = ({ underWay, forLedger: _, ...run }: SimulationRunEntity): SimulationRun => {
  const shares = Object.values(underWay).reduce((sum, share) => sum + share, 0);
  return { ...run, progress: run.state === 'done' ? 1 : Math.min(1, shares / run.replications) };
};

export class PostgresSimulationStore implements SimulationStore {
  constructor(
    private readonly pool: pg.Pool,
    private readonly dataSource: DataSource,
  ) {}

  prepareJobs(work: () => Promise<void>): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.jobs]);
      await work();
    });
  }

  add(run: NewSimulation, enqueue: (client: Queryable) => Promise<void>): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      // One at a time, so that two cannot both be the last that is taken.
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.simulations]);
      const { rows } = await client.query<{ standing: number }>(
        `select count(*)::integer as standing from simulation_run where state in ('queued', 'running') and not for_ledger`,
      );
      if ((rows[0]?.standing ?? 0) >= MOST_STANDING) return false;
      await insertRun(client, run, false);
      await client.query(
        `delete from simulation_run where id in (
           select id from simulation_run where not kept and state not in ('queued', 'running') and not for_ledger
           order by created desc offset $1)`,
        [MOST_ENDED],
      );
      await enqueue(client);
      return true;
    });
  }

  async find(id: string): Promise<SimulationRun | undefined> {
    const row = await this.dataSource.manager.findOneBy(SimulationRunEntity, { id });
    return row ? toRun(row) : undefined;
  }

  async measured(id: string): Promise<unknown> {
    const row = await this.dataSource.manager.findOne(SimulationRunEntity, {
      select: { id: true, measured: true },
      where: { id },
    });
    return row?.measured ?? null;
  }

  async list(): Promise<readonly SimulationRun[]> {
    const rows = await this.dataSource.manager.find(SimulationRunEntity, {
      where: { forLedger: false },
      order: { created: 'DESC', id: 'ASC' },
    });
    return rows.map(toRun);
  }

  async days(id: string, { samples }: { readonly samples: boolean }): Promise<readonly SimulationDay[]> {
    const rows = await this.dataSource.manager.find(SimulationDayEntity, {
      select: { policy: true, replication: true, indicators: true, samples },
      where: { run: id },
      order: { replication: 'ASC', policy: 'ASC' },
    });
    return rows.map((row) => ({
      policy: row.policy,
      replication: row.replication,
      indicators: row.indicators,
      samples: samples ? row.samples : null,
    }));
  }

  async tell(id: string, replication: number, share: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update simulation_run set state = 'running', under_way = under_way || jsonb_build_object($2::text, $3::float8)
       where id = $1 and state in ('queued', 'running')`,
      [id, String(replication), share],
    );
    return rowCount === 1;
  }

  saveDay(id: string, day: SimulationDay): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      // Its row is locked first: of two last days at once, the second sees the first.
      const { rows } = await client.query<{ days: number }>(
        `select replications * policies as days from simulation_run where id = $1 and state in ('queued', 'running') for update`,
        [id],
      );
      const [run] = rows;
      if (!run) return;
      await client.query(
        `insert into simulation_day (run, policy, replication, indicators, samples) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [
          id,
          day.policy,
          day.replication,
          JSON.stringify(day.indicators),
          day.samples === null ? null : JSON.stringify(day.samples),
        ],
      );
      await client.query(
        `update simulation_run set state = 'done', ended = now()
         where id = $1 and (select count(*) from simulation_day where run = $1) = $2`,
        [id, run.days],
      );
    });
  }

  async cancel(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update simulation_run set state = 'cancelled', ended = now() where id = $1 and state in ('queued', 'running')`,
      [id],
    );
    return rowCount === 1;
  }

  async fail(id: string, failure: string): Promise<void> {
    await this.pool.query(
      `update simulation_run set state = 'failed', ended = now(), failure = $2
       where id = $1 and state in ('queued', 'running')`,
      [id, failure],
    );
  }

  keep(id: string, kept: boolean): Promise<'done' | 'unknown' | 'full'> {
    return inTransaction(this.pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.simulations]);
      const { rows } = await client.query<{ others: number }>(
        'select count(*)::integer as others from simulation_run where kept and id <> $1',
        [id],
      );
      if (kept && (rows[0]?.others ?? 0) >= MOST_KEPT) return 'full';
      const { rowCount } = await client.query('update simulation_run set kept = $2 where id = $1', [id, kept]);
      return rowCount === 1 ? 'done' : 'unknown';
    });
  }
}
