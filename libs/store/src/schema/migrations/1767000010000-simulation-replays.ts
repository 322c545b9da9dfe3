import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SimulationReplays1767000010000 implements MigrationInterface {
  readonly name = 'SimulationReplays1767000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table simulation_run add replay boolean not null default false, add measured json, add happened json',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table simulation_run drop replay, drop measured, drop happened');
  }
}
