import type pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPositions } from '../../tier/create-series.js';
import { detectTier } from '../../tier/tier.js';

/** Where vehicles were, in the best form that the server offers. */
export class VehiclePositions1767000007000 implements MigrationInterface {
  readonly name = 'VehiclePositions1767000007000';

  async up(runner: QueryRunner): Promise<void> {
    // The connection that the migration's transaction runs on.
    const database = (await runner.connect()) as pg.PoolClient;
    await createPositions(database, await detectTier(database));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists vehicle_position cascade');
  }
}
