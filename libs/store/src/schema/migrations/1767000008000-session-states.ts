import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SessionStates1767000008000 implements MigrationInterface {
  readonly name = 'SessionStates1767000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table session_state (
         venue text not null,
         session text not null,
         state text not null,
         expected_end timestamptz,
         by text not null,
         ts timestamptz not null,
         primary key (venue, session))`,
    );
    await runner.query('create index session_state_ts on session_state (ts)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table session_state');
  }
}
