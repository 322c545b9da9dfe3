import type pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { detectTier } from '../../tier/tier.js';
import { createSeries } from '../../tier/create-series.js';

/** The series, in the best form that the server offers. */
export class Series1767000001000 implements MigrationInterface {
  readonly name = 'Series1767000001000';

  async up(runner: QueryRunner): Promise<void> {
    // The connection that the migration's transaction runs on.
    const database = (await runner.connect()) as pg.PoolClient;
    await createSeries(database, await detectTier(database));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['reading_15m', 'reading_1m', 'reading', 'rejected_message', 'rollup_pending']) {
      await runner.query(`drop table if exists ${table} cascade`);
    }
  }
}
