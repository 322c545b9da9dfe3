import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a minute was written to, by wall time: one that is still being written to need not be made yet. */
export class PendingAge1767000004000 implements MigrationInterface {
  readonly name = 'PendingAge1767000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rollup_pending add column marked_at timestamptz not null default now()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rollup_pending drop column marked_at');
  }
}
