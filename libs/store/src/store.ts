import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Pack } from '#libs/games';
import { inTransaction, openPool } from './connection.js';
import type { OperationsStore, PlanStore, PointRow, PositionStore, ReadingStore } from './contract.js';
import { type Leadership, tryLead } from './leadership.js';
import type { LedgerStore } from './ledger/contract.js';
import { PostgresLedgerStore } from './ledger/ledger-store.js';
import { PostgresOperationsStore } from './operations/operations-store.js';
import { PostgresPlanStore } from './plans/plan-store.js';
import { listPoints, registerPack } from './points.js';
import { connectDataSource } from './schema/data-source.js';
import { migrate } from './schema/migrate.js';
import { PostgresPositionStore } from './series/position-store.js';
import { PostgresReadingStore } from './series/reading-store.js';
import type { SimulationStore } from './simulations/contract.js';
import { PostgresSimulationStore } from './simulations/simulation-store.js';
import { detectTier, type Tier } from './tier/tier.js';

const SERIES_CONNECTIONS = 8;

/** Everything that is kept, behind one connection URL. */
export class Store {
  readonly readings: ReadingStore;
  readonly positions: PositionStore;
  readonly plans: PlanStore;
  readonly operations: OperationsStore;
  readonly simulations: SimulationStore;
  readonly ledger: LedgerStore;

  private constructor(
    private readonly url: string,
    readonly tier: Tier,
    readonly pool: pg.Pool,
    private readonly dataSource: DataSource,
  ) {
    this.readings = new PostgresReadingStore(pool, tier);
    this.positions = new PostgresPositionStore(pool);
    this.plans = new PostgresPlanStore(dataSource);
    this.operations = new PostgresOperationsStore(pool, dataSource);
    this.simulations = new PostgresSimulationStore(pool, dataSource);
    this.ledger = new PostgresLedgerStore(pool, dataSource);
  }

  /** Connects, and finds what the server offers. Changes no table: that is `migrate`. Rejects within seconds when the database cannot be reached. */
  static async open(url: string): Promise<Store> {
    const pool = openPool(url, SERIES_CONNECTIONS);
    try {
      return new Store(url, await inTransaction(pool, detectTier), pool, await connectDataSource(url));
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  /** Brings the schema up to date. Any number of processes may call it at once, and while others write. Returns the names of the migrations that it ran. */
  migrate(): Promise<readonly string[]> {
    return migrate(this.url, this.dataSource);
  }

  /** Statements that would make the relational tables what the entities describe: none, when migrations keep up with them. */
  async listSchemaDifferences(): Promise<readonly string[]> {
    const { upQueries } = await this.dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  }

  /** Makes the pack's venues, gateways and points known; returns its points with their ids. */
  registerPack(pack: Pack): Promise<readonly PointRow[]> {
    return registerPack(this.pool, pack);
  }

  /** Every point that was ever registered. */
  listPoints(): Promise<readonly PointRow[]> {
    return listPoints(this.pool);
  }

  /** See `tryLead` in leadership.ts: undefined while another process leads. */
  tryLead(onLost: () => void): Promise<Leadership | undefined> {
    return tryLead(this.url, onLost);
  }

  /** Whether the database answers within two seconds. Never rejects. */
  async ping(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, 2_000, false);
    });
    const answer = this.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return Promise.race([answer, limit]).finally(() => {
      clearTimeout(timer);
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.dataSource.destroy()]);
  }
}
