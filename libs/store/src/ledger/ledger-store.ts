import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { inTransaction, type Queryable } from '../connection.js';
import { LOCKS } from '../locks.js';
import { LedgerDayEntity } from '../schema/entities/ledger-day.js';
import type { NewSimulation } from '../simulations/contract.js';
import { insertRun } from '../simulations/insert-run.js';
import type { LedgerDay, LedgerOutcome, LedgerStore, StoredPrediction } from './contract.js';

/** More than a year. */
const MOST_DAYS = 400;

const toDay = ({ settled: _, ...day }: LedgerDayEntity): LedgerDay => day;

export class PostgresLedgerStore implements LedgerStore {
  constructor(
    private readonly pool: pg.Pool,
    private readonly dataSource: DataSource,
  ) {}

  async open(day: string): Promise<void> {
    const { rowCount } = await this.pool.query('insert into ledger_day (day) values ($1) on conflict do nothing', [
      day,
    ]);
    if (rowCount === 1)
      await this.pool.query(
        'delete from ledger_day where day in (select day from ledger_day order by day desc offset $1)',
        [MOST_DAYS],
      );
  }

  async list(): Promise<readonly LedgerDay[]> {
    const rows = await this.dataSource.manager.find(LedgerDayEntity, { order: { day: 'DESC' } });
    return rows.map(toDay);
  }

  async listOpen(): Promise<readonly LedgerDay[]> {
    const rows = await this.dataSource.manager
      .createQueryBuilder(LedgerDayEntity, 'page')
      .where('not page.settled or (page.predicted is null and page.failure is null)')
      .orderBy('page.day')
      .getMany();
    return rows.map(toDay);
  }

  request(day: string, run: NewSimulation, enqueue: (client: Queryable) => Promise<void>): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      // One at a time, so that two cannot both find that no run stands.
      await client.query('select pg_advisory_xact_lock($1)', [LOCKS.simulations]);
      const { rowCount } = await client.query(
        `update ledger_day set run = $2
         where day = $1 and run is null and failure is null
           and not exists (select from simulation_run where for_ledger and state in ('queued', 'running'))`,
        [day, run.id],
      );
      if (rowCount !== 1) return false;
      await insertRun(client, run, true);
      await enqueue(client);
      return true;
    });
  }

  savePrediction(day: string, predicted: EpochMs, prediction: StoredPrediction): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      await client.query('update ledger_day set predicted = $2, prediction = $3 where day = $1', [
        day,
        new Date(predicted),
        JSON.stringify(prediction),
      ]);
      await dropRun(client, day);
    });
  }

  saveFailure(day: string, failure: string): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      await client.query('update ledger_day set failure = $2 where day = $1', [day, failure]);
      await dropRun(client, day);
    });
  }

  async saveOutcome(day: string, { counted, liveRatio, outcome, settled }: LedgerOutcome): Promise<void> {
    await this.pool.query(
      'update ledger_day set counted = $2, live_ratio = $3, outcome = $4, settled = $5 where day = $1',
      [day, new Date(counted), liveRatio, outcome === null ? null : JSON.stringify(outcome), settled],
    );
  }
}

const dropRun = async (client: Queryable, day: string): Promise<void> => {
  await client.query(
    'delete from simulation_run where for_ledger and id = (select run from ledger_day where day = $1)',
    [day],
  );
};
