import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeliveryArrival1767000012000 implements MigrationInterface {
  readonly name = 'DeliveryArrival1767000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery add arrived timestamptz not null default now()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery drop arrived');
  }
}
