import type pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { removeWallTimePolicies } from '../../tier/community.js';
import { detectTier } from '../../tier/tier.js';

/** Retention and columnstore follow event time, from `maintain`; a Community server's own jobs for them go. */
export class EventTime1767000003000 implements MigrationInterface {
  readonly name = 'EventTime1767000003000';

  async up(runner: QueryRunner): Promise<void> {
    // The connection that the migration's transaction runs on.
    const database = (await runner.connect()) as pg.PoolClient;
    if ((await detectTier(database)) === 'timescaledb_community') await removeWallTimePolicies(database);
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
