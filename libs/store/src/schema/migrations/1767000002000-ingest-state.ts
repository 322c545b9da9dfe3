import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANGES = [
  `alter table gateway
     add column state text,
     add column state_at timestamptz,
     add column buffered bigint,
     add column published bigint,
     add column dropped bigint,
     add column clock_skew_s double precision`,
  `create table delivery (
     session text not null,
     message_id integer not null,
     fingerprint text not null,
     received timestamptz not null,
     again boolean not null,
     stored_at timestamptz not null default now(),
     primary key (session, message_id, fingerprint))`,
  `create index delivery_stored_at on delivery (stored_at)`,
];

/** What a gateway says of itself, and which messages without a time were stored. */
export class IngestState1767000002000 implements MigrationInterface {
  readonly name = 'IngestState1767000002000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CHANGES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table delivery');
    await runner.query(
      `alter table gateway drop column state, drop column state_at, drop column buffered, drop column published,
         drop column dropped, drop column clock_skew_s`,
    );
  }
}
