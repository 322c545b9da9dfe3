import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Ledger1767000013000 implements MigrationInterface {
  readonly name = 'Ledger1767000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table simulation_run add for_ledger boolean not null default false');
    await runner.query(
      `create table ledger_day (
         day text primary key,
         run text,
         predicted timestamptz,
         prediction json,
         failure text,
         counted timestamptz,
         live_ratio double precision,
         outcome json,
         settled boolean not null default false)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ledger_day');
    await runner.query('delete from simulation_run where for_ledger');
    await runner.query('alter table simulation_run drop for_ledger');
  }
}
