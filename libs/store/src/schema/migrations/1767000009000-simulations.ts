import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Simulations1767000009000 implements MigrationInterface {
  readonly name = 'Simulations1767000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table simulation_run (
         id text primary key,
         title text not null,
         scenario json not null,
         pack_version text not null,
         replications integer not null,
         policies integer not null,
         by text not null,
         created timestamptz not null,
         ended timestamptz,
         state text not null,
         failure text,
         kept boolean not null,
         under_way jsonb not null)`,
    );
    await runner.query('create index simulation_run_created on simulation_run (created)');
    await runner.query(
      `create table simulation_day (
         run text not null constraint simulation_day_run_fkey references simulation_run on delete cascade,
         policy text not null,
         replication integer not null,
         indicators json not null,
         samples json,
         primary key (run, policy, replication))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table simulation_day');
    await runner.query('drop table simulation_run');
  }
}
